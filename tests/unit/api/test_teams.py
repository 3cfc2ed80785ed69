"""The routes of teams."""

from typing import Any

import httpx2
import pytest

from tests.unit.api.edge import OPERATOR, Edge, assert_problem, opened

RED = {"name": "Red", "slug": "red", "user_id": "sri"}
MEMBER = set("id user_id email role invited_by joined_at".split())
UNKNOWN = ["nobody", "0196f3a1-8c1e-7abc-9444-555566667777", "%00", "a%20b", "é"]

_ROLES = "must be admin, member or read_only"
BAD_FIELDS: list[tuple[dict[str, object], str, str]] = [
    ({"name": ""}, "name", "must not be empty"),
    ({"name": " "}, "name", "must not be blank"),
    ({"name": "x" * 101}, "name", "must have at most 100 characters"),
    ({"name": 7}, "name", "must be a string"),
    ({"slug": ""}, "slug", "must not be empty"),
    ({"slug": "Red"}, "slug", "must hold only a-z, 0-9 and hyphens"),
    ({"slug": "a b"}, "slug", "must hold only a-z, 0-9 and hyphens"),
    ({"slug": "red\n"}, "slug", "must hold only a-z, 0-9 and hyphens"),
    ({"slug": "röt"}, "slug", "must hold only a-z, 0-9 and hyphens"),
    ({"slug": "a_b"}, "slug", "must hold only a-z, 0-9 and hyphens"),
    ({"slug": "x" * 101}, "slug", "must have at most 100 characters"),
    ({"slug": 7}, "slug", "must be a string"),
    ({"user_id": ""}, "user_id", "must not be empty"),
    ({"user_id": "x" * 257}, "user_id", "must have at most 256 characters"),
    ({"user_id": None}, "user_id", "must be a string"),
]  # fmt: skip
BAD_OF_NEW: list[tuple[dict[str, object], str, str]] = [
    ({"email": "nobody"}, "email", "must be an e-mail address"),
    ({"email": "a@b@c"}, "email", "must be an e-mail address"),
    ({"email": "a b@c"}, "email", "must be an e-mail address"),
    ({"email": "@"}, "email", "must be an e-mail address"),
    ({"email": "a@b\u0000"}, "email", "must be an e-mail address"),
    ({"email": "x" * 195 + "@b.com"}, "email", "must have at most 200 characters"),
    ({"email": 7}, "email", "must be a string"),
    ({"members": {}}, "members", "must be a list"),
    ({"members": None}, "members", "must be a list"),
    ({"members": ["ann"]}, "members.0", "must be an object"),
    ({"members": [{}]}, "members.0.user_id", "is required"),
    ({"members": [{"user_id": "a", "role": "owner"}]}, "members.0.role", _ROLES),
    ({"members": [{"user_id": "a", "role": None}]}, "members.0.role", _ROLES),
    ({"members": [{"user_id": "a"}, {"user_id": "a"}]}, "members", "must name each user once"),
]  # fmt: skip


async def _founded(client: httpx2.AsyncClient, **fields: object) -> dict[str, Any]:
    answer = await client.post("/v1/teams", json=RED | fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_m25_founding_answers_the_team_and_makes_the_founder_admin() -> None:
    async with opened() as client:
        team = await _founded(client, email="sri@example.org")
        found = (await client.get(f"/v1/teams/{team['id']}")).json()
    assert set(team) == {"id", "tenant_id", "name", "slug", "created_at"}
    assert (team["name"], team["slug"], team["created_at"]) == ("Red", "red", "2026-05-01T09:30:00.000Z")
    (member,) = found.pop("members")
    assert found == team
    assert set(member) == MEMBER
    assert (member["user_id"], member["role"], member["email"]) == ("sri", "admin", "sri@example.org")
    assert (member["invited_by"], member["joined_at"]) == (None, "2026-05-01T09:30:00.000Z")


async def test_the_first_members_are_listed_in_order_with_their_roles() -> None:
    members = [{"user_id": "zoë/x"}, {"user_id": "ann", "role": "read_only", "email": "ann@example.org"}]
    async with opened() as client:
        team = await _founded(client, members=members)
        found = (await client.get(f"/v1/teams/{team['id']}")).json()["members"]
    assert [(one["user_id"], one["role"], one["email"], one["invited_by"]) for one in found] == [
        ("sri", "admin", None, None),
        ("zoë/x", "member", None, "sri"),
        ("ann", "read_only", "ann@example.org", "sri"),
    ]


async def test_teams_are_listed_oldest_first_with_the_number_of_their_members() -> None:
    edge = Edge()
    async with opened(edge) as client:
        assert (await client.get("/v1/teams")).json() == {"teams": []}
        first = await _founded(client, members=[{"user_id": "ann"}])
        second = await _founded(client, slug="blue")
        await client.post("/v1/agents", json={"name": "CodeAssist", "owner_id": "sri"})
        found = (await client.get("/v1/teams")).json()["teams"]
    assert [(one["id"], one["member_count"]) for one in found] == [(first["id"], 2), (second["id"], 1)]
    assert all(set(one) == {"id", "name", "slug", "created_at", "member_count"} for one in found)


async def test_m35_a_taken_slug_is_409_with_the_id_of_the_team() -> None:
    async with opened() as client:
        team = await _founded(client)
        again = await client.post("/v1/teams", json=RED | {"user_id": "ann", "name": "Other"})
    problem = assert_problem(again, status=409, code="conflict")
    assert problem["id"] == team["id"]
    assert problem["error"] == "Team slug already exists for this tenant"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": "New"}, ("New", "red")),
        ({"slug": "new-1"}, ("Red", "new-1")),
        ({"name": "New", "slug": "new"}, ("New", "new")),
        ({"name": "New", "slug": None}, ("New", "red")),
        ({"slug": "red"}, ("Red", "red")),
    ],
)
async def test_an_admin_changes_name_and_slug(fields: dict[str, object], expected: tuple[str, str]) -> None:
    async with opened() as client:
        team = await _founded(client)
        answer = await client.patch(f"/v1/teams/{team['id']}", json={"user_id": "sri", **fields})
    assert answer.status_code == 200
    assert set(answer.json()) == {"id", "name", "slug", "created_at"}
    assert (answer.json()["name"], answer.json()["slug"]) == expected


async def test_a_slug_of_another_team_is_409_with_its_id() -> None:
    async with opened() as client:
        red, blue = await _founded(client), await _founded(client, slug="blue")
        answer = await client.patch(f"/v1/teams/{red['id']}", json={"user_id": "sri", "slug": "blue"})
    assert assert_problem(answer, status=409, code="conflict")["id"] == blue["id"]


async def test_a_change_of_nothing_is_400() -> None:
    async with opened() as client:
        team = await _founded(client)
        for team_id in (team["id"], "nobody"):
            answer = await client.patch(f"/v1/teams/{team_id}", json={"user_id": "ann", "role": "x"})
            problem = assert_problem(answer, status=400, code="validation_error")
            assert problem["error"] == "No fields to update"


@pytest.mark.parametrize(("fields", "name", "reason"), BAD_FIELDS + BAD_OF_NEW)
async def test_a_bad_field_of_a_new_team_is_400_and_named(
    fields: dict[str, object], name: str, reason: str
) -> None:
    async with opened() as client:
        answer = await client.post("/v1/teams", json=RED | fields)
        listed = await client.get("/v1/teams")
    assert assert_problem(answer, status=400, code="validation_error")["fields"] == {name: reason}
    assert listed.json() == {"teams": []}


@pytest.mark.parametrize(("fields", "name", "reason"), BAD_FIELDS)
async def test_a_bad_field_of_a_change_is_400_and_named(
    fields: dict[str, object], name: str, reason: str
) -> None:
    async with opened() as client:
        team = await _founded(client)
        answer = await client.patch(f"/v1/teams/{team['id']}", json={"user_id": "sri"} | fields)
    assert assert_problem(answer, status=400, code="validation_error")["fields"] == {name: reason}


async def test_a_team_needs_a_name_a_slug_and_a_founder() -> None:
    async with opened() as client:
        answer = await client.post("/v1/teams", json={})
    fields = assert_problem(answer, status=400, code="validation_error")["fields"]
    assert fields == dict.fromkeys(["name", "slug", "user_id"], "is required")


async def test_user_ids_may_be_written_as_other_clients_do() -> None:
    async with opened() as client:
        sent = {"name": "Red", "slug": "red", "userId": "sri", "members": [{"userId": "ann"}]}
        team = (await client.post("/v1/teams", json=sent)).json()
        found = (await client.get(f"/v1/teams/{team['id']}")).json()
        gone = await client.delete(f"/v1/teams/{team['id']}?userId=sri")
    assert [one["user_id"] for one in found["members"]] == ["sri", "ann"]
    assert gone.status_code == 204


async def test_only_an_admin_changes_or_deletes_a_team() -> None:
    async with opened() as client:
        agent = (await client.post("/v1/agents", json={"name": "A", "owner_id": "sri"})).json()
        team = await _founded(client, members=[{"user_id": "ann"}])
        address = f"/v1/teams/{team['id']}"
        for user_id in ("ann", "nobody", agent["id"], "agent-a"):
            changed = await client.patch(address, json={"user_id": user_id, "name": "Mine"})
            deleted = await client.delete(address, params={"user_id": user_id})
            for answer in (changed, deleted):
                problem = assert_problem(answer, status=403, code="forbidden")
                assert problem["error"] == "Only an admin of this team may do that"
        assert (await client.get(address)).json()["name"] == "Red"


@pytest.mark.parametrize("query", ["", "?user_id=", "?user_id=%ff", "?user_id=" + "x" * 257])
async def test_deleting_needs_to_know_who_asks(query: str) -> None:
    async with opened() as client:
        team = await _founded(client)
        answer = await client.delete(f"/v1/teams/{team['id']}{query}")
        still = await client.get(f"/v1/teams/{team['id']}")
    assert_problem(answer, status=400, code="validation_error")
    assert still.status_code == 200


async def test_a_deleted_team_is_204_and_then_404_and_its_slug_is_free() -> None:
    async with opened() as client:
        team = await _founded(client)
        address = f"/v1/teams/{team['id']}?user_id=sri"
        gone, again = await client.delete(address), await client.delete(address)
        new = await _founded(client)
    assert (gone.status_code, gone.content) == (204, b"")
    assert assert_problem(again, status=404, code="not_found")["error"] == "Team not found"
    assert new["id"] != team["id"]


async def test_what_was_shared_with_a_deleted_team_is_private_to_its_author() -> None:
    async with opened() as client:
        team = await _founded(client, members=[{"user_id": "ann"}])
        sent = {"user_id": "sri", "fact": "The deadline is May 15", "team_id": team["id"]}
        memory_id = (await client.post("/v1/memories", json=sent)).json()["id"]
        await client.delete(f"/v1/teams/{team['id']}?user_id=sri")
        memory = (await client.get(f"/v1/memories/{memory_id}")).json()
        found = {
            user_id: (await client.get(f"/v1/memories?user_id={user_id}")).json()["total"]
            for user_id in ("sri", "ann")
        }
    assert (memory["visibility"], memory["team_id"]) == ("private", None)
    assert found == {"sri": 1, "ann": 0}


@pytest.mark.parametrize("team_id", UNKNOWN)
async def test_an_unknown_team_is_404(team_id: str) -> None:
    address = f"/v1/teams/{team_id}"
    async with opened() as client:
        answers = [
            await client.get(address),
            await client.patch(address, json={"user_id": "sri", "name": "x"}),
            await client.delete(f"{address}?user_id=sri"),
        ]
    for answer in answers:
        assert assert_problem(answer, status=404, code="not_found")["error"] == "Team not found"


async def test_a_team_of_another_tenant_is_404_and_its_slug_is_free() -> None:
    edge = Edge()
    async with opened(edge) as client:
        team = await _founded(client)
        made = await client.post("/admin/tenants", json={"tenant_name": "other"}, headers=OPERATOR)
        address = f"/v1/teams/{team['id']}"
        async with edge.client({"Authorization": f"Bearer {made.json()['api_key']}"}) as stranger:
            assert_problem(await stranger.get(address), status=404, code="not_found")
            changed = await stranger.patch(address, json={"user_id": "sri", "name": "x"})
            assert_problem(changed, status=404, code="not_found")
            deleted = await stranger.delete(address, params={"user_id": "sri"})
            assert_problem(deleted, status=404, code="not_found")
            assert (await stranger.get("/v1/teams")).json() == {"teams": []}
            await _founded(stranger)
        assert (await client.get(address)).status_code == 200
