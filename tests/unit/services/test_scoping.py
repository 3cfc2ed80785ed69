"""Who finds and who stores what: users, teams, members of each role, and agents."""

from dataclasses import dataclass, field

import pytest

from app.domain.agents import Agent
from app.domain.models import Visibility
from app.domain.teams import Member, Role, Roster, Team
from app.errors import Forbidden, InvalidInput, LociError, NotFound
from app.services.memories import Change, ListRequest
from app.services.recall import ContextRequest, SearchRequest
from app.services.remember import Draft
from tests.unit.assembled import World

TENANT, TEAM, AGENT = "tenant", "team-1", "agent-1"


@dataclass(kw_only=True)
class _People:
    """A team of Ann (admin), Bob (member) and Rea (read only), and an agent that nobody added."""

    world: World = field(default_factory=World)

    async def ready(self) -> "_People":
        now = self.world.clock.now()
        roles = {"ann": Role.ADMIN, "bob": Role.MEMBER, "rea": Role.READ_ONLY}
        for team_id in (TEAM, "team-2"):
            team = Team(id=team_id, tenant_id=TENANT, name=team_id, slug=team_id, created_at=now)
            members = [
                Member(id=user_id, team_id=team_id, user_id=user_id, role=role, joined_at=now)
                for user_id, role in roles.items()
            ]
            await self.world.teams.create(Roster(team=team, members=members))
        agent = Agent(
            id=AGENT, tenant_id=TENANT, name="Code Aide", owner_id="o", created_at=now, updated_at=now
        )
        await self.world.agents.create(agent)
        return self

    async def store(self, user_id: str, text: str, **fields: object) -> str:
        draft = Draft(**({"user_id": user_id, "text": text} | fields))  # type: ignore[arg-type]
        return (await self.world.remember().one(draft, tenant_id=TENANT)).memory_id

    async def share(self, user_id: str, text: str, team_id: str = TEAM) -> str:
        return await self.store(user_id, text, team_id=team_id, visibility=Visibility.TEAM)

    async def found(self, user_id: str, **fields: object) -> set[str]:
        """The texts that a search, a listing and a context agree on."""
        given = {"tenant_id": TENANT, "user_id": user_id, "limit": 20} | fields
        search = SearchRequest(**{"query": "anything", "include_team": True} | given)  # type: ignore[arg-type]
        searched = {one.memory.text for one in await self.world.recall().search(search)}
        listed = await self.world.single_memories().page(ListRequest(**{"offset": 0} | given))  # type: ignore[arg-type]
        assert {one.text for one in listed.memories} == searched
        assert listed.total == len(searched)
        if not {"source", "agent_id"} & given.keys():
            for query in (None, "anything"):
                request = ContextRequest(**{"query": query, "include_team": True} | given)  # type: ignore[arg-type]
                context = await self.world.recall().context(request)
                assert {one.memory.text for one in context.ranked} == searched
        return searched


@pytest.fixture
async def people() -> _People:
    return await _People().ready()


async def test_an_author_finds_what_they_shared_without_naming_the_team(people: _People) -> None:
    await people.store("ann", "private")
    await people.share("ann", "shared")
    await people.share("ann", "elsewhere", "team-2")
    await people.share("bob", "of bob")
    assert await people.found("ann") == {"private", "shared", "elsewhere"}


async def test_a_member_finds_their_own_and_all_of_the_team(people: _People) -> None:
    await people.store("ann", "private of ann")
    await people.share("ann", "of ann")
    await people.store("bob", "private of bob")
    await people.share("bob", "of bob")
    await people.share("bob", "of another team", "team-2")
    await people.share("bob", "of another namespace")
    for user_id, own in (("bob", {"private of bob"}), ("rea", set[str]())):
        shared = {"of ann", "of bob", "of another namespace"}
        assert await people.found(user_id, team_id=TEAM) == own | shared


async def test_a_team_has_namespaces_of_its_own(people: _People) -> None:
    await people.store("ann", "at work", namespace="work", team_id=TEAM, visibility=Visibility.TEAM)
    assert await people.found("bob", team_id=TEAM) == set()
    assert await people.found("bob", team_id=TEAM, namespace="work") == {"at work"}


async def test_an_agent_is_a_member_unless_it_was_switched_off(people: _People) -> None:
    await people.share("ann", "shared")
    for user_id in (AGENT, "agent-code-aide"):
        assert await people.found(user_id, team_id=TEAM) == {"shared"}
    strict = await _People(world=World(implicit_agent_members=False)).ready()
    with pytest.raises(Forbidden, match="Not a member of this team"):
        await strict.found(AGENT, team_id=TEAM)


async def test_an_explicit_role_overrides_the_implicit_one(people: _People) -> None:
    now = people.world.clock.now()
    member = Member(id="m", team_id=TEAM, user_id="agent-code-aide", role=Role.READ_ONLY, joined_at=now)
    await people.world.teams.add_member(member, tenant_id=TENANT)
    assert await people.share(AGENT, "by its id")
    with pytest.raises(Forbidden, match="Read-only members cannot store team memories"):
        await people.share("agent-code-aide", "by its name")


@pytest.mark.parametrize(
    ("user_id", "team_id", "error", "sentence"),
    [
        ("eve", TEAM, Forbidden, "Not a member of this team"),
        ("rea", TEAM, Forbidden, "Read-only members cannot store team memories"),
        ("ann", "nothing", NotFound, "Team not found"),
    ],
)
async def test_who_may_not_share_stores_nothing(
    people: _People, user_id: str, team_id: str, error: type[LociError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        await people.share(user_id, "shared", team_id)
    assert await people.found(user_id) == set()


async def test_strangers_and_removed_members_find_nothing_of_a_team(people: _People) -> None:
    await people.share("ann", "shared")
    await people.world.teams.remove_member(tenant_id=TENANT, team_id=TEAM, user_id="bob")
    for user_id in ("eve", "bob"):
        with pytest.raises(Forbidden):
            await people.found(user_id, team_id=TEAM)
    with pytest.raises(NotFound, match="Team not found"):
        await people.found("ann", team_id="nothing")


async def test_a_team_of_another_tenant_is_not_found(people: _People) -> None:
    request = SearchRequest(
        tenant_id="another", user_id="ann", query="x", limit=5, team_id=TEAM, include_team=True
    )
    with pytest.raises(NotFound, match="Team not found"):
        await people.world.recall().search(request)


async def test_a_private_memory_ignores_the_team(people: _People) -> None:
    await people.store("ann", "private", team_id=TEAM, visibility=Visibility.PRIVATE)
    assert await people.found("bob", team_id=TEAM) == set()


async def test_the_memories_of_an_agent_are_its_own(people: _People) -> None:
    source = f"agent:{AGENT}"
    await people.store("ann", "of the user")
    await people.store("ann", "by route", agent_id=AGENT, source=source)
    await people.store("ann", "by source", source=source)
    await people.store("bob", "of another user", agent_id=AGENT, source=source)
    assert await people.found("ann") == {"of the user"}
    assert await people.found("ann", agent_id=AGENT) == {"by route", "by source"}
    assert await people.found("ann", source=source) == {"by route", "by source"}


async def test_an_agent_that_is_not_there_is_not_found(people: _People) -> None:
    with pytest.raises(NotFound, match="Agent not found"):
        await people.store("ann", "fact", agent_id="nothing")
    with pytest.raises(NotFound, match="Agent not found"):
        await people.found("ann", agent_id="nothing")


async def test_a_source_that_names_no_agent_is_an_ordinary_one(people: _People) -> None:
    await people.store("ann", "fact", source="agent:nothing")
    assert await people.found("ann") == {"fact"}
    assert await people.found("ann", source="agent:nothing") == {"fact"}


async def test_an_agent_cannot_store_for_a_team(people: _People) -> None:
    with pytest.raises(InvalidInput):
        await people.store("ann", "fact", source=f"agent:{AGENT}", team_id=TEAM, visibility=Visibility.TEAM)


async def test_the_same_fact_is_stored_once_in_each_place(people: _People) -> None:
    places = [
        await people.store("ann", "Likes tea"),
        await people.store("ann", "Likes tea", namespace="work"),
        await people.store("bob", "Likes tea"),
        await people.share("ann", "Likes tea"),
        await people.share("ann", "Likes tea", "team-2"),
        await people.store("ann", "Likes tea", agent_id=AGENT, source=f"agent:{AGENT}"),
    ]
    assert len(set(places)) == 6
    assert await people.share("bob", "likes TEA.") == places[3]


async def test_members_of_one_batch_see_what_others_share_with_the_team(people: _People) -> None:
    drafts = [
        Draft(user_id=user_id, text="Likes tea", team_id=TEAM, visibility=Visibility.TEAM)
        for user_id in ("ann", "bob")
    ]
    first, second = await people.world.remember().many(drafts, tenant_id=TENANT)
    assert not isinstance(first, LociError)
    assert not isinstance(second, LociError)
    assert first.memory_id == second.memory_id


async def test_sharing_a_memory_and_taking_it_back(people: _People) -> None:
    memory_id, memories = await people.store("ann", "fact"), people.world.single_memories()
    shared = await memories.change(Change(tenant_id=TENANT, memory_id=memory_id, team_id=TEAM))
    assert (shared.visibility, shared.team_id) == (Visibility.TEAM, TEAM)
    assert await people.found("bob", team_id=TEAM) == {"fact"}
    back = Change(tenant_id=TENANT, memory_id=memory_id, visibility=Visibility.PRIVATE, team_id=TEAM)
    private = await memories.change(back)
    assert (private.visibility, private.team_id) == (Visibility.PRIVATE, None)
    assert await people.found("bob", team_id=TEAM) == set()
    assert await people.found("ann") == {"fact"}


async def test_only_its_author_as_a_writing_member_can_share_a_memory(people: _People) -> None:
    memories = people.world.single_memories()
    for user_id, sentence in (("eve", "Not a member"), ("rea", "Read-only members")):
        memory_id = await people.store(user_id, "fact")
        with pytest.raises(Forbidden, match=sentence):
            await memories.change(Change(tenant_id=TENANT, memory_id=memory_id, team_id=TEAM))


async def test_a_memory_of_an_agent_cannot_be_shared(people: _People) -> None:
    memory_id = await people.store("ann", "fact", agent_id=AGENT, source=f"agent:{AGENT}")
    change = Change(tenant_id=TENANT, memory_id=memory_id, team_id=TEAM)
    with pytest.raises(InvalidInput):
        await people.world.single_memories().change(change)
