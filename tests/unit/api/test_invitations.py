"""The routes of invitations to teams."""

from datetime import timedelta
from urllib.parse import quote

import httpx2
import pytest

from tests.unit.api.edge import Edge, assert_problem
from tests.unit.api.teams_edge import ROLES, roles_in, with_team

BEN = {"email": "ben@example.org", "invited_by": "sri"}
NO_KEY = {"Authorization": ""}

BAD_INVITATIONS: list[tuple[dict[str, object], str, str]] = [
    ({"email": ""}, "email", "must be an e-mail address"),
    ({"email": "ben"}, "email", "must be an e-mail address"),
    ({"email": None}, "email", "must be a string"),
    ({"invited_by": ""}, "invited_by", "must not be empty"),
    ({"role": "owner"}, "role", ROLES),
]  # fmt: skip


async def _token(client: httpx2.AsyncClient, team: str, **fields: object) -> str:
    answer = await client.post(f"{team}/invitations", json=BEN | fields)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["token"])


async def _accept(client: httpx2.AsyncClient, token: str, **fields: object) -> httpx2.Response:
    body = {"user_id": "ben", **fields}
    return await client.post(f"/v1/invitations/{token}/accept", json=body, headers=NO_KEY)


async def test_an_invitation_is_answered_in_the_shape_of_the_contract() -> None:
    async with with_team() as (client, team):
        invited = (await client.post(f"{team}/invitations", json=BEN)).json()
        roles = await roles_in(client, team)
    assert invited == {
        "id": invited["id"],
        "email": "ben@example.org",
        "role": "member",
        "token": invited["token"],
        "expires_at": "2026-05-08T09:30:00.000Z",
        "created_at": "2026-05-01T09:30:00.000Z",
    }
    assert quote(invited["token"], safe="") == invited["token"]
    assert roles == {"sri": "admin"}


@pytest.mark.parametrize(("fields", "name", "reason"), BAD_INVITATIONS)
async def test_a_bad_field_of_an_invitation_is_400_and_named(
    fields: dict[str, object], name: str, reason: str
) -> None:
    async with with_team() as (client, team):
        answer = await client.post(f"{team}/invitations", json=BEN | fields)
    assert assert_problem(answer, status=400, code="validation_error")["fields"] == {name: reason}


async def test_an_invitation_is_accepted_without_a_key_and_once() -> None:
    async with with_team() as (client, team):
        token = await _token(client, team, role="read_only")
        accepted = await _accept(client, token)
        again = await _accept(client, token, user_id="zoe")
        member = (await client.get(team)).json()["members"][1]
    assert accepted.status_code == 200
    assert accepted.json() == {
        "team_id": team.rpartition("/")[2],
        "role": "read_only",
        "message": "Invitation accepted",
    }
    assert (member["user_id"], member["email"], member["invited_by"]) == ("ben", "ben@example.org", "sri")
    assert assert_problem(again, status=410, code="gone")["error"] == "Invitation already accepted"


async def test_an_invitation_ends_after_seven_days() -> None:
    edge = Edge()
    async with with_team(edge) as (client, team):
        token = await _token(client, team)
        edge.clock.move(timedelta(days=7))
        answer = await _accept(client, token)
        roles = await roles_in(client, team)
    assert assert_problem(answer, status=410, code="gone")["error"] == "Invitation expired"
    assert roles == {"sri": "admin"}


async def test_a_member_who_accepts_keeps_their_role() -> None:
    async with with_team() as (client, team):
        token = await _token(client, team, role="read_only")
        answer = await _accept(client, token, user_id="sri")
        roles = await roles_in(client, team)
    assert (answer.status_code, answer.json()["role"]) == (200, "admin")
    assert roles == {"sri": "admin"}


@pytest.mark.parametrize("token", ["nothing", "%00", "a%20b", "é", "%2e%2e", "x" * 3000])
async def test_an_unknown_token_is_404(token: str) -> None:
    async with with_team() as (client, _):
        answer = await _accept(client, token)
    assert assert_problem(answer, status=404, code="not_found")["error"] == "Invitation not found"


@pytest.mark.parametrize(
    ("fields", "name"), [({"user_id": ""}, "user_id"), ({"user_id": 1}, "user_id"), ({"email": "x"}, "email")]
)
async def test_a_bad_acceptance_is_400_and_uses_nothing_up(fields: dict[str, object], name: str) -> None:
    async with with_team() as (client, team):
        token = await _token(client, team)
        refused = await _accept(client, token, **fields)
        accepted = await _accept(client, token)
    problem = assert_problem(refused, status=400, code="validation_error")
    assert list(problem["fields"]) == [name]  # pyright: ignore[reportCallIssue, reportArgumentType]
    assert accepted.status_code == 200


async def test_an_acceptance_sent_again_with_its_key_is_answered_again() -> None:
    async with with_team() as (client, team):
        address = f"/v1/invitations/{await _token(client, team)}/accept"
        headers = {**NO_KEY, "Idempotency-Key": "one"}
        first = await client.post(address, json={"user_id": "ben"}, headers=headers)
        again = await client.post(address, json={"user_id": "ben"}, headers=headers)
        other = await client.post(address, json={"user_id": "zoe"}, headers=headers)
    assert (again.status_code, again.json()) == (200, first.json())
    assert other.status_code == 422
