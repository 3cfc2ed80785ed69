"""Agents and teams on the real database: what Browser sees, and many at once."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable

import pytest

from app.domain import scope as scopes
from app.domain.models import Scope, Tenant, Visibility
from app.domain.teams import Role, Roster, Team
from app.errors import Conflict, Gone, LociError, NotFound
from app.graph.store import GraphStore
from tests import remembered
from tests.people import agent_of, invitation_to, member_of, roster_of, team_of
from tests.raw_cypher import RawCypher
from tests.remembered import NOW, axis, memory

AT_ONCE = 20


@pytest.fixture
async def team(graph: GraphStore, tenant_id: str) -> Team:
    return await graph.teams.create(roster_of(team_of(tenant_id), "ann"))


async def outcome(work: Awaitable[object]) -> object:
    try:
        return await work
    except LociError as refusal:
        return refusal


async def outcomes(work: Iterable[Awaitable[object]]) -> list[object]:
    return await asyncio.gather(*(outcome(one) for one in work))


def kinds(found: Iterable[object]) -> Counter[str]:
    return Counter(type(one).__name__ for one in found)


async def roster(graph: GraphStore, team: Team) -> Roster:
    found = await graph.teams.get(tenant_id=team.tenant_id, team_id=team.id)
    assert found is not None
    return found


def shared(team: Team, namespace: str = "default", user_id: str = "ann") -> Scope:
    return scopes.team_scope(tenant_id=team.tenant_id, team_id=team.id, user_id=user_id, namespace=namespace)


async def store(graph: GraphStore, scope: Scope, text: str = "Likes tea") -> None:
    visibility = Visibility.PRIVATE if scope.team_id is None else Visibility.TEAM
    one = memory(scope, text, visibility=visibility)
    await remembered.store(graph.memories, scope, one, vectors=[axis(0)])


async def test_of_twenty_teams_with_one_slug_at_once_one_is_founded(
    graph: GraphStore, tenant_id: str
) -> None:
    teams = [team_of(tenant_id) for _ in range(AT_ONCE)]
    found = await outcomes(graph.teams.create(roster_of(one, "ann")) for one in teams)
    assert kinds(found) == {"Team": 1, "Conflict": AT_ONCE - 1}
    (founded,) = [one for one in found if isinstance(one, Team)]
    assert {one.existing_id for one in found if isinstance(one, Conflict)} == {founded.id}
    assert [one.team.id for one in await graph.teams.all(tenant_id=tenant_id)] == [founded.id]


async def test_of_teams_that_take_one_slug_at_once_one_gets_it(graph: GraphStore, tenant_id: str) -> None:
    teams = [await graph.teams.create(roster_of(team_of(tenant_id, f"t{n}"))) for n in range(5)]
    found = await outcomes(
        [
            *(
                graph.teams.update(tenant_id=tenant_id, team_id=one.id, name=None, slug="red")
                for one in teams
            ),
            *(graph.teams.create(roster_of(team_of(tenant_id))) for _ in range(5)),
        ]
    )
    assert kinds(found) == {"Team": 1, "Conflict": 9}
    slugs = [one.team.slug for one in await graph.teams.all(tenant_id=tenant_id)]
    assert slugs.count("red") == 1


async def test_of_twenty_memberships_of_one_user_at_once_one_is_made(graph: GraphStore, team: Team) -> None:
    members = [member_of(team, "ben") for _ in range(AT_ONCE)]
    found = await outcomes(graph.teams.add_member(one, tenant_id=team.tenant_id) for one in members)
    assert kinds(found) == {"Member": 1, "Conflict": AT_ONCE - 1}
    joined = (await roster(graph, team)).members[-1]
    assert {one.existing_id for one in found if isinstance(one, Conflict)} == {joined.id}
    assert len((await roster(graph, team)).members) == 3


async def test_an_invitation_is_accepted_by_one_of_twenty_at_once(graph: GraphStore, team: Team) -> None:
    invitation = await graph.teams.invite(invitation_to(team))
    found = await outcomes(
        graph.teams.accept(invitation, member=member_of(team, f"user {n}"), at=NOW) for n in range(AT_ONCE)
    )
    assert kinds(found) == {"Member": 1, "Gone": AT_ONCE - 1}
    assert len((await roster(graph, team)).members) == 3


async def test_admins_who_leave_at_once_leave_one_behind(graph: GraphStore, team: Team) -> None:
    admins = [f"admin {n}" for n in range(6)]
    for user_id in admins:
        await graph.teams.add_member(member_of(team, user_id, Role.ADMIN), tenant_id=team.tenant_id)
    of_team = {"tenant_id": team.tenant_id, "team_id": team.id}
    found = await outcomes(
        [
            *(graph.teams.remove_member(**of_team, user_id=user_id) for user_id in admins),
            graph.teams.change_role(**of_team, user_id="sri", role=Role.READ_ONLY),
        ]
    )
    assert kinds(found)["Conflict"] == 1
    assert [one.role for one in (await roster(graph, team)).members].count(Role.ADMIN) == 1


async def test_teams_founded_at_once_with_the_same_new_users_all_get_them(
    graph: GraphStore, tenant_id: str
) -> None:
    users = [f"user {n}" for n in range(10)]
    rosters = [
        roster_of(team_of(tenant_id, f"t{n}"), *(users if n % 2 else reversed(users))) for n in range(10)
    ]
    await asyncio.gather(*(graph.teams.create(one) for one in rosters))
    assert {one.members for one in await graph.teams.all(tenant_id=tenant_id)} == {11}


async def test_who_joins_while_the_team_is_deleted_leaves_nothing_behind(
    graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    for number in range(5):
        team = await graph.teams.create(roster_of(team_of(tenant_id, f"t{number}")))
        invitation = await graph.teams.invite(invitation_to(team))
        found = await outcomes(
            [
                graph.teams.accept(invitation, member=member_of(team, "zoe"), at=NOW),
                graph.teams.invite(invitation_to(team)),
                graph.teams.delete(tenant_id=tenant_id, team_id=team.id),
                graph.teams.add_member(member_of(team, "ben"), tenant_id=tenant_id),
            ]
        )
        assert found[2] is True
        assert all(not isinstance(one, LociError) or isinstance(one, NotFound | Gone) for one in found)
    left = await raw.run(
        "MATCH (n:Team|Invitation {tenant_id: $tenant_id}) RETURN count(n) AS left", tenant_id=tenant_id
    )
    assert left == [{"left": 0}]


async def test_what_is_shared_while_the_team_is_deleted_is_private_or_refused(
    graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    await graph.access.create_tenant(Tenant(id=tenant_id, name=tenant_id, created_at=NOW), None)
    stored = 0
    for number in range(10):
        team = await graph.teams.create(roster_of(team_of(tenant_id, f"t{number}")))
        await store(graph, shared(team, "known"))
        found = await outcomes(
            [
                *(store(graph, shared(team, f"new {n}", f"user {n % 2}"), f"{number}.{n}") for n in range(4)),
                store(graph, shared(team, "known"), f"{number} more"),
                graph.teams.delete(tenant_id=tenant_id, team_id=team.id),
            ]
        )
        assert found[-1] is True
        assert all(one is None or isinstance(one, NotFound) for one in found[:-1])
        stored += 1 + found[:-1].count(None)
    rows = await raw.run(
        """
        MATCH (memory:Memory {tenant_id: $tenant_id})-[:IN]->(scope:Scope {id: memory.scope_id})
        RETURN scope.kind AS kind, memory.visibility AS visibility, memory.team_id AS team_id,
               count(DISTINCT memory) AS memories
        """,
        tenant_id=tenant_id,
    )
    assert rows == [{"kind": "user", "visibility": "private", "team_id": None, "memories": stored}]


async def test_what_an_agent_learns_while_it_is_deleted_is_deleted_or_refused(
    graph: GraphStore, tenant_id: str
) -> None:
    await graph.access.create_tenant(Tenant(id=tenant_id, name=tenant_id, created_at=NOW), None)
    for number in range(10):
        agent = await graph.agents.create(agent_of(tenant_id))
        of_agent = [
            scopes.agent_scope(tenant_id=tenant_id, agent_id=agent.id, user_id=user_id, namespace="default")
            for user_id in ("ann", "ben", "zoe")
        ]
        await store(graph, of_agent[0], f"{number}")
        found = await outcomes(
            [
                *(store(graph, scope, f"{number} more") for scope in of_agent),
                graph.agents.delete(tenant_id=tenant_id, agent_id=agent.id, at=NOW),
            ]
        )
        assert found[-1] is True
        assert all(one is None or isinstance(one, NotFound) for one in found[:-1])
    assert await graph.memories.count_active(tenant_id=tenant_id) == 0


async def test_people_and_their_teams_are_joined_in_the_graph(
    graph: GraphStore, raw: RawCypher, tenant_id: str
) -> None:
    await graph.access.create_tenant(Tenant(id=tenant_id, name=tenant_id, created_at=NOW), None)
    agent = await graph.agents.create(agent_of(tenant_id))
    team = await graph.teams.create(roster_of(team_of(tenant_id)))
    await graph.teams.invite(invitation_to(team))
    rows = await raw.run(
        """
        MATCH (start {tenant_id: $tenant_id})-[link]->(end)
        RETURN labels(start)[0] AS start, type(link) AS link, labels(end)[0] AS end
        """,
        tenant_id=tenant_id,
    )
    assert {tuple(row.values()) for row in rows} == {
        ("Agent", "OF", "Tenant"),
        ("Team", "OF", "Tenant"),
        ("User", "MEMBER_OF", "Team"),
        ("Invitation", "TO", "Team"),
    }
    stored = await raw.run("MATCH (agent:Agent {id: $id}) RETURN agent.slug AS slug", id=agent.id)
    assert stored == [{"slug": "codeassist"}]


async def test_a_token_is_not_stored(graph: GraphStore, raw: RawCypher, team: Team) -> None:
    await graph.teams.invite(invitation_to(team))
    rows = await raw.run(
        "MATCH (one:Invitation {tenant_id: $tenant_id}) RETURN keys(one) AS keys", tenant_id=team.tenant_id
    )
    assert set(rows[0]["keys"]) == set(
        "tenant_id id token_digest email role invited_by created_at expires_at".split()
    )
