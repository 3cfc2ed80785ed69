"""The guess for what to embed: it may spare time, and never changes an answer."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from app.embedding import DeterministicEmbedder
from app.errors import Unavailable
from app.services.recall import RecallRequest, ScopeWanted
from app.services.recall.frequent_terms import FrequentTerms
from app.services.remember import Draft
from tests.unit.assembled import World

TERMS = st.frozensets(st.sampled_from("abc"))
QUESTIONS = ("When did Caroline paint?", "Where does Caroline swim?")


class ListeningEmbedder(DeterministicEmbedder):
    """Writes down what it is asked for, and fails while it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.refuses = frozenset[str]()

    async def embed(self, texts: Sequence[str]):
        self.heard += texts
        if self.refuses & set(texts):
            raise Unavailable("Too many texts wait")
        return await super().embed(texts)


async def spoken_of(embedder: ListeningEmbedder) -> World:
    world = World(embedder=embedder)
    verbs = ("paints", "swims", "sleeps", "reads", "sings", "draws", "rides")
    drafts = [Draft(user_id="ann", text=f"Caroline {verb} at home") for verb in verbs]
    await world.remember().many(drafts, tenant_id="tenant")
    embedder.heard.clear()
    return world


def asking(query: str) -> RecallRequest:
    return RecallRequest(tenant_id="tenant", query=query, scopes=[ScopeWanted(user_id="ann")])


async def test_from_the_second_question_on_the_guess_is_right_and_embedded_once() -> None:
    embedder = ListeningEmbedder()
    recall = (await spoken_of(embedder)).recall()
    await recall.recall(asking(QUESTIONS[0]))
    assert embedder.heard[-1] == "When did paint?"
    embedder.heard.clear()
    await recall.recall(asking(QUESTIONS[1]))
    assert embedder.heard == ["Where does swim?"]


async def test_the_answer_does_not_hang_on_the_guess() -> None:
    world = await spoken_of(ListeningEmbedder())
    recall, fresh = world.recall(), world.recall()
    await recall.recall(asking(QUESTIONS[0]))
    assert await recall.recall(asking(QUESTIONS[1])) == await fresh.recall(asking(QUESTIONS[1]))


async def test_a_guess_that_fails_harms_nobody_where_another_text_is_embedded() -> None:
    embedder = ListeningEmbedder()
    recall = (await spoken_of(embedder)).recall()
    embedder.refuses = frozenset({QUESTIONS[0]})
    assert (await recall.recall(asking(QUESTIONS[0]))).degraded == []


async def test_a_question_of_stop_words_is_embedded_once() -> None:
    embedder = ListeningEmbedder()
    recall = (await spoken_of(embedder)).recall()
    await recall.recall(asking("the"))
    assert embedder.heard == ["the"]


def test_scopes_do_not_learn_from_each_other() -> None:
    frequent = FrequentTerms()
    frequent.learn(["one"], asked={"a"}, common={"a"})
    assert (frequent.of(["one"]), frequent.of(["two"]), frequent.of(["one", "two"])) == ({"a"}, set(), set())


@given(st.lists(st.tuples(TERMS, TERMS)))
def test_what_was_learned_last_of_a_term_counts(lessons: list[tuple[frozenset[str], frozenset[str]]]) -> None:
    frequent = FrequentTerms()
    known: dict[str, bool] = {}
    for asked, found in lessons:
        frequent.learn(["scope"], asked=asked, common=asked & found)
        known |= {term: term in found for term in asked}
    assert frequent.of(["scope"]) == {term for term, is_common in known.items() if is_common}


def test_only_so_many_scopes_are_kept_the_latest() -> None:
    frequent = FrequentTerms()
    for number in range(3_000):
        frequent.learn([str(number)], asked={"a"}, common={"a"})
    assert (frequent.of(["2999"]), frequent.of(["0"])) == ({"a"}, set())
