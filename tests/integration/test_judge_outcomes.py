"""The outcomes that the `/v1` contract requires of storing, with the real encoder and the real judge."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
import uuid6

from app import wiring
from app.domain.admission import OnConflict
from app.embedding import DeterministicEmbedder, at_cosine
from app.graph.store import GraphStore
from app.ports import Embedder
from app.services import Remember
from app.services.remember import Action, Draft, Remembered
from app.settings import Settings
from tests import remembered
from tests.fakes import FakeClock


@pytest.fixture(scope="module")
async def encoder() -> AsyncGenerator[Embedder]:
    async with wiring.open_embedder(Settings()) as embedder:
        yield embedder


def remember(graph: GraphStore, embedder: Embedder, **settings: object) -> Remember:
    chosen = Settings.model_validate(settings)
    return wiring.assemble(chosen, graph=graph, embedder=embedder, clock=FakeClock()).remember


async def told(use: Remember, tenant_id: str, *facts: str) -> list[Remembered]:
    """What became of each fact of one user, told one after the other."""
    return [await use.one(Draft(user_id="ann", text=fact), tenant_id=tenant_id) for fact in facts]


@pytest.mark.parametrize(
    ("active", "stored_next", "action"),
    [
        ("Lives in New York", "Lives in New York City", Action.DUPLICATE),
        ("Lives in New York", "Lives in San Francisco", Action.REPLACED),
        ("Is a senior backend engineer at Stripe", "Works at Stripe on payment systems", Action.STORED),
        (
            "Prefers Python over JavaScript for backend work",
            "Is a senior backend engineer at Stripe",
            Action.STORED,
        ),
        ("The API migration deadline is May 15", "The API migration deadline is June 1", Action.REPLACED),
        ("Allergic to shellfish", "ALLERGIC to shellfish. ", Action.DUPLICATE),
        ("Allergic to shellfish", "Allergic to peanuts", Action.STORED),
        ("Sprint 42 ends Friday", "Sprint 43 ends Friday", Action.STORED),
        ("Likes apples", "Likes oranges", Action.STORED),
    ],
)
async def test_the_contract_and_the_design_say_what_becomes_of_a_fact(
    graph: GraphStore, encoder: Embedder, tenant_id: str, active: str, stored_next: str, action: Action
) -> None:
    first, second = await told(remember(graph, encoder), tenant_id, active, stored_next)
    assert second.action is action, second.reason
    if action is Action.DUPLICATE:
        assert second.memory_id == first.memory_id
    if action is Action.REPLACED:
        assert list(second.replaced_ids) == [first.memory_id]


async def test_m6_to_m10_other_facts_of_the_user_are_untouched(
    graph: GraphStore, encoder: Embedder, tenant_id: str
) -> None:
    kept = (
        "Prefers Python over JavaScript for backend work",
        "Is a senior backend engineer at Stripe",
        "Had a meeting with the team today",
    )
    use = remember(graph, encoder)
    outcomes = await told(
        use, tenant_id, *kept, "Lives in New York", "Lives in New York City", "Lives in San Francisco"
    )
    assert [one.action.value for one in outcomes] == [*["stored"] * 4, "duplicate", "replaced"]
    assert list(outcomes[-1].replaced_ids) == [outcomes[3].memory_id]
    for fact in kept:
        again = await use.one(Draft(user_id="ann", text=fact), tenant_id=tenant_id)
        assert again.action is Action.DUPLICATE


@pytest.mark.parametrize(
    ("cosine", "action"),
    [
        (0.985, Action.DUPLICATE),
        (0.98499, Action.REPLACED),
        (0.94, Action.REPLACED),
        (0.93999, Action.STORED),
    ],
)
async def test_m11_without_an_opinion_the_similarity_decides(
    graph: GraphStore, tenant_id: str, cosine: float, action: Action
) -> None:
    vectors = {"some text": (1.0, 0.0), "other words": at_cosine(cosine)}
    embedder = DeterministicEmbedder(dimensions=remembered.MODEL.dimensions, vectors=vectors)
    use = remember(graph, embedder, judge="similarity")
    _, second = await told(use, tenant_id, "some text", "other words")
    assert second.action is action, second.reason


async def test_a_tenant_can_decide_to_keep_what_a_fact_contradicts(
    graph: GraphStore, encoder: Embedder
) -> None:
    tenant_id = str(uuid6.uuid7())
    use = remember(graph, encoder)
    drafts = [
        Draft(user_id="ann", text="Lives in New York"),
        Draft(user_id="ann", text="Lives in San Francisco", on_conflict=OnConflict.KEEP),
    ]
    outcomes = [await use.one(draft, tenant_id=tenant_id) for draft in drafts]
    assert [one.action for one in outcomes] == [Action.STORED, Action.STORED]
    replaced = await use.one(replace(drafts[1], text="Lives in Oslo", on_conflict=None), tenant_id=tenant_id)
    assert sorted(replaced.replaced_ids) == sorted(one.memory_id for one in outcomes)
