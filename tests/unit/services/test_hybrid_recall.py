"""The native recall: lanes, filters that never starve, times, budgets and reasons."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain import conditions
from app.domain.conditions import Condition
from app.domain.recall import Lane
from app.errors import Forbidden, InvalidInput, NotFound, Unavailable
from app.services.connect import LinkDraft
from app.services.recall import GraphOptions, Recalled, RecallRequest, ScopeWanted, Stage
from app.services.remember import Draft
from app.services.spaces import SpaceDraft
from app.services.teams import MemberDraft, TeamDraft
from tests.unit.assembled import World

TENANT = "tenant"
ANN = (ScopeWanted(user_id="ann"),)


async def store(world: World, *texts: str, user_id: str = "ann", **fields: object) -> list[str]:
    drafts = [Draft(user_id=user_id, text=text, **fields) for text in texts]  # pyright: ignore[reportArgumentType]  # by name
    outcomes = await world.remember().many(drafts, tenant_id=TENANT)
    return [one.memory_id for one in outcomes if not isinstance(one, Exception)]


def asking(query: str | None = "tea", **changes: object) -> RecallRequest:
    return replace(RecallRequest(tenant_id=TENANT, query=query, scopes=ANN), **changes)  # pyright: ignore[reportArgumentType]  # by name


async def recalled(world: World, query: str | None = "tea", **changes: object) -> Recalled:
    return await world.recall().recall(asking(query, **changes))


def ids_of(answer: Recalled) -> list[str]:
    return [hit.memory.id for hit in answer.hits]


def of_source(source: str) -> Condition:
    return conditions.parse({"source": source})


async def test_a_memory_that_shares_a_rare_word_comes_first() -> None:
    world = World()
    _, zebra, _ = await store(world, "Likes strong tea", "Saw a zebra", "Plays the cello")
    assert ids_of(await recalled(world, "Where was the zebra?"))[0] == zebra


async def test_only_the_wanted_lanes_are_asked() -> None:
    world = World(recall_index=None)
    world.recall_index = world.memories.recall_index(failing=frozenset({Lane.VECTOR, Lane.GRAPH}))
    (tea,) = await store(world, "Likes tea")
    answer = await recalled(world, lanes=frozenset({Lane.WORDS}))
    assert (ids_of(answer), answer.degraded) == ([tea], [])


@pytest.mark.parametrize("lane", list(Lane))
async def test_a_lane_that_fails_is_left_out_and_named(lane: Lane) -> None:
    world = World()
    world.recall_index = world.memories.recall_index(failing=frozenset({lane}))
    (tea,) = await store(world, "Likes tea")
    answer = await recalled(world)
    assert ids_of(answer) == [tea]
    assert [(one.lane, one.reason) for one in answer.degraded] == [(lane, f"The lane {lane} is away")]


async def test_when_every_lane_fails_so_does_the_question() -> None:
    world = World()
    world.recall_index = world.memories.recall_index(failing=frozenset(Lane))
    await store(world, "Likes tea")
    with pytest.raises(Unavailable):
        await recalled(world)


async def test_a_question_of_stop_words_is_asked_by_vector_alone() -> None:
    world = World()
    (tea,) = await store(world, "Likes tea")
    assert ids_of(await recalled(world, "what is this")) == [tea]


async def test_a_filter_never_starves_the_answer() -> None:
    world = World()
    await store(world, *(f"Likes tea number {number}" for number in range(300)))
    wanted = await store(world, "Repairs bicycles", "Bakes bread", source="slack")
    answer = await recalled(world, condition=of_source("slack"))
    assert set(ids_of(answer)) == set(wanted)


async def test_contradictory_filters_find_nothing() -> None:
    world = World()
    await store(world, "Likes tea")
    both = conditions.parse({"and": [{"source": "a"}, {"source": "b"}]})
    assert ids_of(await recalled(world, condition=both)) == []


async def test_a_link_brings_what_the_words_do_not() -> None:
    world = World()
    tea, far = await store(world, "Likes tea", "Owns a kettle")
    draft = LinkDraft(from_memory_id=tea, to_memory_id=far, relationship_type="needs", weight=1.0)
    await world.services().connect.connect(draft, tenant_id=TENANT)
    by_id = {hit.memory.id: hit for hit in (await recalled(world)).hits}
    route = by_id[far].route
    assert route is not None
    assert (route.seed_id, route.via) == (tea, "needs")


async def test_links_of_other_types_are_not_followed() -> None:
    world = World()
    tea, far = await store(world, "Likes tea", "Owns a kettle")
    draft = LinkDraft(from_memory_id=tea, to_memory_id=far, relationship_type="needs", weight=1.0)
    await world.services().connect.connect(draft, tenant_id=TENANT)
    answer = await recalled(world, graph=GraphOptions(relationship_types=["likes"]))
    assert all(hit.route is None for hit in answer.hits)


async def test_scopes_are_searched_together_and_no_others() -> None:
    world = World()
    (of_ann,) = await store(world, "Likes tea")
    (of_bob,) = await store(world, "Likes green tea", user_id="bob")
    await store(world, "Likes black tea", user_id="eve")
    scopes = (*ANN, ScopeWanted(user_id="bob"))
    assert set(ids_of(await recalled(world, scopes=scopes))) == {of_ann, of_bob}


async def test_a_space_is_a_scope_by_its_id_or_its_name() -> None:
    world = World()
    added = await world.services().spaces.add(
        SpaceDraft(space="work", text="Tea is in the kitchen", title="Tea"), tenant_id=TENANT
    )
    for name in ("work", added.space.id):
        assert ids_of(await recalled(world, scopes=(ScopeWanted(space=name),))) == [added.memory.id]


async def test_a_scope_that_may_not_be_seen_refuses_the_whole_question() -> None:
    world = World()
    draft = TeamDraft(name="Tea", slug="tea", founder=MemberDraft(user_id="sri"))
    team = await world.services().teams.create(draft, tenant_id=TENANT)
    seen = tuple(ScopeWanted(user_id=f"user-{number}") for number in range(10))
    with pytest.raises(Forbidden):
        await recalled(world, scopes=(*seen, ScopeWanted(user_id="eve", team_id=team.id)))


async def test_unknown_spaces_and_nameless_scopes_are_refused() -> None:
    with pytest.raises(NotFound, match="Space"):
        await recalled(World(), scopes=(ScopeWanted(space="none"),))
    for scopes in ((), (ScopeWanted(),)):
        with pytest.raises(InvalidInput):
            await recalled(World(), scopes=scopes)


async def test_without_a_question_the_least_faded_come() -> None:
    world = World()
    low, high = await store(world, "Likes tea", importance=0.1) + await store(
        world, "Is allergic", importance=1.0
    )
    world.clock.move(timedelta(days=3))
    assert ids_of(await recalled(world, None)) == [high, low]


async def test_without_a_question_a_filter_counts_as_well() -> None:
    world = World()
    await store(world, "Likes tea")
    (slack,) = await store(world, "Likes milk", source="slack")
    assert ids_of(await recalled(world, None, condition=of_source("slack"))) == [slack]


async def test_what_held_then_comes_back_when_asked_for_by_time() -> None:
    world = World()
    (old,) = await store(world, "Lives in Paris and drinks tea")
    then = world.clock.now() + timedelta(hours=1)
    world.clock.move(timedelta(days=1))
    (new,) = await store(world, "Lives in Rome and drinks tea")
    _supersede(world, old, new, at=world.clock.now())
    assert ids_of(await recalled(world)) == [new]
    assert ids_of(await recalled(world, as_of=then)) == [old]
    assert ids_of(await recalled(world, known_at=then)) == [old]


async def test_what_was_forgotten_is_seen_only_by_who_asks_what_was_known() -> None:
    world = World()
    (tea,) = await store(world, "Likes tea")
    then = world.clock.now() + timedelta(hours=1)
    world.clock.move(timedelta(days=1))
    await world.single_memories().delete(tenant_id=TENANT, memory_id=tea)
    assert ids_of(await recalled(world, as_of=then)) == []
    assert ids_of(await recalled(world, known_at=then)) == [tea]


async def test_histories_come_with_the_hits_that_have_one() -> None:
    world = World()
    (old,) = await store(world, "Lives in Paris and drinks tea")
    (new,) = await store(world, "Lives in Rome and drinks tea")
    _supersede(world, old, new, at=world.clock.now())
    answer = await recalled(world, with_history=True)
    assert {id: [one.id for one in past] for id, past in answer.histories.items()} == {new: [old]}


async def test_a_budget_gives_a_block_and_only_what_is_in_it() -> None:
    world = World()
    await store(world, *(f"Likes tea number {number} with a lot of milk" for number in range(30)))
    answer = await recalled(world, token_budget=200, explain=True, limit=30)
    assert answer.context is not None
    assert answer.tokens is not None
    assert answer.tokens <= 200
    assert len(answer.context.splitlines()) == len(answer.hits) + 1
    assert Stage.TOKEN_BUDGET in {one.stage for one in answer.left_out}


async def test_an_explained_answer_says_what_was_left_out_and_why() -> None:
    world = World()
    await store(world, *(f"Likes tea number {number}" for number in range(5)))
    await store(world, "Tea in the office", source="slack")
    answer = await recalled(world, limit=2, explain=True, condition=of_source("api"))
    stages = {one.stage for one in answer.left_out}
    assert stages == {Stage.LIMIT, Stage.FILTER}


async def test_scores_below_the_least_wanted_are_left_out() -> None:
    world = World()
    tea, _ = await store(world, "Likes tea", "Plays the cello")
    answer = await recalled(world, min_score=0.3)
    assert ids_of(answer) == [tea]


@pytest.mark.parametrize(
    ("request_", "stage"),
    [
        (asking(), None),
        (asking(limit=1), Stage.LIMIT),
        (asking(min_score=0.99), Stage.MIN_SCORE),
        (asking(condition=of_source("slack")), Stage.FILTER),
        (asking(scopes=(ScopeWanted(user_id="bob"),)), Stage.SCOPE),
        (asking(as_of=datetime(2001, 1, 1, tzinfo=UTC)), Stage.TIME),
    ],
)
async def test_why_not_says_at_which_stage_a_memory_fell_out(
    request_: RecallRequest, stage: Stage | None
) -> None:
    world = World()
    _, cello = await store(world, "Likes tea", "Plays the cello")
    told = await world.recall().why_not(request_, memory_id=cello)
    assert (told.memory_id, told.stage) == (cello, stage)
    assert told.reason


async def test_why_not_names_the_memory_that_took_the_place() -> None:
    world = World()
    (old,) = await store(world, "Lives in Paris")
    (new,) = await store(world, "Lives in Rome")
    _supersede(world, old, new, at=world.clock.now())
    told = await world.recall().why_not(asking("where"), memory_id=old)
    assert (told.stage, new in told.reason) == (Stage.SUPERSEDED, True)


async def test_why_not_without_scopes_asks_where_the_memory_lies() -> None:
    world = World()
    (tea,) = await store(world, "Likes tea", user_id="bob")
    told = await world.recall().why_not(asking(scopes=()), memory_id=tea)
    assert (told.stage, told.rank) == (None, 1)


async def test_why_not_of_an_unknown_memory_is_not_found() -> None:
    with pytest.raises(NotFound):
        await World().recall().why_not(asking(), memory_id="none")


def _supersede(world: World, old_id: str, new_id: str, *, at: datetime) -> None:
    world.memories.change_all(TENANT, lambda one: replace(one, valid_to=at) if one.id == old_id else one)
    memories = world.memories._records.memories  # pyright: ignore[reportPrivateUsage]  # a test of states
    world.memories.supersede(memories[TENANT, old_id], by=memories[TENANT, new_id], at=at)
