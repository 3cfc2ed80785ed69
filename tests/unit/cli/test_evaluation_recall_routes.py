"""What the evaluation sends is what the real routes take, and what they answer is what it reads."""

import io
from datetime import UTC, datetime

from rich.console import Console

from app.cli.evaluation.recall import figures, metrics, rows
from app.cli.evaluation.recall.rows import Row, RowsWanted
from app.cli.evaluation.recall.runs import Asked, Run
from app.cli.evaluation.recall.service import SettableClock
from app.cli.evaluation.recall.sets import Corpus, Item, Question, QuestionSet, SetKind
from app.cli.evaluation.recall.wire import Wire
from app.domain.admission import OnConflict
from tests.unit.api import edge

SAID = datetime(2025, 5, 1, tzinfo=UTC)


def asked_of(user_id: str, *items: Item) -> Corpus:
    question = Question(id=user_id, text="Who grows tea?", category="c", gold=frozenset({"k"}), cluster="c")
    return Corpus(user_id=user_id, now=SAID, items=items, questions=[question])


CHAT = asked_of(
    "chat",
    Item(key="j", fact="What do you do?", speaker="Bob", conversation_id="c1", created_at=SAID),
    Item(key="k", fact="Ann grows tea.", speaker="Ann", conversation_id="c1", created_at=SAID),
)
PAGES = asked_of(
    "pages",
    Item(key="j", fact="A town in the north.", title="Oslo"),
    Item(key="k", fact="Tea is what she grows.", title="Ann", on_conflict=OnConflict.KEEP),
)


async def answers(row: Row) -> list[Asked]:
    """What the service says to both users' question, once everything is stored."""
    async with edge.opened() as http:
        run = Run(wire=Wire(http=http), clock=SettableClock(), console=Console(file=io.StringIO()))
        chosen = QuestionSet(name="made-up", kind=SetKind.LOCOMO, corpora=[CHAT, PAGES])
        return await run.asked(await run.stored(chosen), row, what="made-up")


async def test_the_default_row_finds_each_users_own_evidence() -> None:
    found = await answers(rows.DEFAULT)
    assert [figures.of_question(one)[metrics.RECALL_10] for one in found] == [1.0, 1.0]
    assert (figures.foreign(found), figures.with_lane_left_out(found)) == (0, 0)
    assert [one.stored.lost for one in found] == [frozenset(), frozenset()]


async def test_the_service_takes_the_settings_of_every_row() -> None:
    for row in rows.asked(RowsWanted.ALL):
        assert [len(one.answer.ids) > 0 for one in await answers(row)] == [True, True]


async def test_only_a_row_with_a_budget_is_told_how_many_tokens_its_context_has() -> None:
    with_budget, without = await answers(rows.BUDGET), await answers(rows.DEFAULT)
    assert all((one.answer.tokens or 0) > 0 for one in with_budget)
    assert figures.tokens(without) is None
