"""The routes of those who belong to teams."""

from typing import Any
from urllib.parse import quote

import httpx2
import pytest

from tests.unit.api.edge import OPERATOR, Edge, assert_problem, opened
from tests.unit.api.teams_edge import ROLES, roles_in, with_team

ANN = {"user_id": "ann", "added_by": "sri"}
BEN = {"email": "ben@example.org", "invited_by": "sri"}

BAD_MEMBERS: list[tuple[dict[str, object], str, str]] = [
    ({"user_id": ""}, "user_id", "must not be empty"),
    ({"user_id": "x" * 257}, "user_id", "must have at most 256 characters"),
    ({"user_id": 7}, "user_id", "must be a string"),
    ({"added_by": ""}, "added_by", "must not be empty"),
    ({"added_by": None}, "added_by", "must be a string"),
    ({"role": "owner"}, "role", ROLES),
    ({"role": "ADMIN"}, "role", ROLES),
    ({"role": None}, "role", ROLES),
    ({"role": True}, "role", ROLES),
    ({"email": "nobody"}, "email", "must be an e-mail address"),
    ({"email": 7}, "email", "must be a string"),
]  # fmt: skip


async def _added(client: httpx2.AsyncClient, team: str, **fields: object) -> dict[str, Any]:
    answer = await client.post(f"{team}/members", json=ANN | fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_adding_answers_the_membership_in_the_shape_of_the_contract() -> None:
    async with with_team() as (client, team):
        plain = await _added(client, team)
        full = await _added(client, team, user_id="zoë/x", role="read_only", email="zoe@example.org")
        found = (await client.get(team)).json()["members"]
    assert plain == {
        "id": plain["id"],
        "user_id": "ann",
        "email": None,
        "role": "member",
        "joined_at": "2026-05-01T09:30:00.000Z",
    }
    assert (full["role"], full["email"]) == ("read_only", "zoe@example.org")
    assert found[1:] == [{**one, "invited_by": "sri"} for one in (plain, full)]


async def test_a_member_again_is_409_with_the_id_of_the_membership() -> None:
    async with with_team() as (client, team):
        ann = await _added(client, team)
        again = await client.post(f"{team}/members", json=ANN | {"role": "admin"})
        roles = await roles_in(client, team)
    problem = assert_problem(again, status=409, code="conflict")
    assert problem["id"] == ann["id"]
    assert problem["error"] == "User is already a member of this team"
    assert roles == {"sri": "admin", "ann": "member"}


async def test_m28_an_agent_is_added_though_it_belongs_already() -> None:
    async with with_team() as (client, team):
        agent = (await client.post("/v1/agents", json={"name": "CodeAssist", "owner_id": "sri"})).json()
        for user_id in (agent["id"], "agent-codeassist"):
            await _added(client, team, user_id=user_id, role="read_only")
        roles = await roles_in(client, team)
    assert roles == {"sri": "admin", agent["id"]: "read_only", "agent-codeassist": "read_only"}


@pytest.mark.parametrize(("fields", "name", "reason"), BAD_MEMBERS)
async def test_a_bad_field_of_a_member_is_400_and_named(
    fields: dict[str, object], name: str, reason: str
) -> None:
    async with with_team() as (client, team):
        answer = await client.post(f"{team}/members", json=ANN | fields)
        roles = await roles_in(client, team)
    assert assert_problem(answer, status=400, code="validation_error")["fields"] == {name: reason}
    assert roles == {"sri": "admin"}


@pytest.mark.parametrize(
    ("method", "address", "missing"),
    [
        ("POST", "/members", ["user_id", "added_by"]),
        ("PATCH", "/members/sri", ["role", "changed_by"]),
        ("DELETE", "/members/sri", ["removed_by"]),
        ("POST", "/invitations", ["email", "invited_by"]),
    ],
)
async def test_what_is_needed_is_named_where_it_is_missing(
    method: str, address: str, missing: list[str]
) -> None:
    async with with_team() as (client, team):
        answer = await client.request(method, team + address)
    fields = assert_problem(answer, status=400, code="validation_error")["fields"]
    assert fields == dict.fromkeys(missing, "is required")


@pytest.mark.parametrize("by", ["ann", "nobody", "agent-codeassist"])
async def test_only_an_admin_adds_changes_removes_and_invites(by: str) -> None:
    async with with_team() as (client, team):
        await client.post("/v1/agents", json={"name": "CodeAssist", "owner_id": "sri"})
        await _added(client, team)
        answers = [
            await client.post(f"{team}/members", json={"user_id": "x", "added_by": by}),
            await client.patch(f"{team}/members/sri", json={"role": "member", "changed_by": by}),
            await client.delete(f"{team}/members/sri?removed_by={by}"),
            await client.post(f"{team}/invitations", json={"email": "x@example.org", "invited_by": by}),
        ]
        roles = await roles_in(client, team)
    for answer in answers:
        problem = assert_problem(answer, status=403, code="forbidden")
        assert problem["error"] == "Only an admin of this team may do that"
    assert roles == {"sri": "admin", "ann": "member"}


async def test_a_role_is_changed_and_the_membership_answered() -> None:
    async with with_team() as (client, team):
        ann = await _added(client, team)
        body = {"role": "read_only", "changed_by": "sri"}
        changed = await client.patch(f"{team}/members/ann", json=body)
        roles = await roles_in(client, team)
    assert changed.status_code == 200
    assert changed.json() == {**ann, "role": "read_only", "invited_by": "sri"}
    assert roles["ann"] == "read_only"


@pytest.mark.parametrize("user_id", ["a/b", "a b@c.d", "ü/ö", "members", "x/members/y", "a%2Fb", "?#"])
@pytest.mark.parametrize("bare", ["/", ""])
async def test_m37_any_user_id_works_in_the_address(user_id: str, bare: str) -> None:
    address = f"/members/{quote(user_id, safe=bare)}"
    async with with_team() as (client, team):
        await _added(client, team, user_id=user_id)
        body = {"role": "read_only", "changed_by": "sri"}
        changed = await client.patch(team + address, json=body)
        removed = await client.delete(team + address, params={"removed_by": user_id})
        roles = await roles_in(client, team)
    assert (changed.status_code, changed.json()["user_id"]) == (200, user_id)
    assert removed.status_code == 204
    assert roles == {"sri": "admin"}


@pytest.mark.parametrize("user_id", ["%ff", "x" * 257])
async def test_a_user_id_in_the_address_is_checked(user_id: str) -> None:
    async with with_team() as (client, team):
        answer = await client.delete(f"{team}/members/{user_id}?removed_by=sri")
    assert "user_id" in str(assert_problem(answer, status=400, code="validation_error")["fields"])


async def test_a_member_leaves_and_is_no_member_any_more() -> None:
    async with with_team() as (client, team):
        await _added(client, team)
        gone = await client.delete(f"{team}/members/ann?removed_by=ann")
        again = await client.delete(f"{team}/members/ann?removed_by=ann")
        search = await client.get(
            f"/v1/memories/search?user_id=ann&q=x&include_team=1&team_id={team.rpartition('/')[2]}"
        )
    assert (gone.status_code, gone.content) == (204, b"")
    assert assert_problem(again, status=404, code="not_found")["error"] == "Member not found"
    assert_problem(search, status=403, code="forbidden")


async def test_the_last_admin_stays() -> None:
    async with with_team() as (client, team):
        body = {"role": "member", "changed_by": "sri"}
        answers = [
            await client.patch(f"{team}/members/sri", json=body),
            await client.delete(f"{team}/members/sri?removed_by=sri"),
        ]
        roles = await roles_in(client, team)
    for answer in answers:
        problem = assert_problem(answer, status=409, code="conflict")
        assert "make another member admin first" in str(problem["error"])
    assert roles == {"sri": "admin"}


@pytest.mark.parametrize("team_id", ["nobody", "0196f3a1-8c1e-7abc-9444-555566667777", "%00"])
async def test_an_unknown_team_is_404(team_id: str) -> None:
    team = f"/v1/teams/{team_id}"
    async with opened() as client:
        answers = [
            await client.post(f"{team}/members", json=ANN),
            await client.patch(f"{team}/members/sri", json={"role": "member", "changed_by": "sri"}),
            await client.delete(f"{team}/members/sri?removed_by=sri"),
            await client.post(f"{team}/invitations", json=BEN),
        ]
    for answer in answers:
        assert assert_problem(answer, status=404, code="not_found")["error"] == "Team not found"


async def test_a_team_of_another_tenant_takes_nobody_and_loses_nobody() -> None:
    edge = Edge()
    async with with_team(edge) as (client, team):
        made = await client.post("/admin/tenants", json={"tenant_name": "other"}, headers=OPERATOR)
        async with edge.client({"Authorization": f"Bearer {made.json()['api_key']}"}) as stranger:
            answers = [
                await stranger.post(f"{team}/members", json=ANN),
                await stranger.patch(f"{team}/members/sri", json={"role": "member", "changed_by": "sri"}),
                await stranger.delete(f"{team}/members/sri?removed_by=sri"),
                await stranger.post(f"{team}/invitations", json=BEN),
            ]
        roles = await roles_in(client, team)
    for answer in answers:
        assert_problem(answer, status=404, code="not_found")
    assert roles == {"sri": "admin"}
