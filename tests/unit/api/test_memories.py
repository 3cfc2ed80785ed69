"""The routes of single memories and their listing."""

from datetime import timedelta

import pytest

from app.api import ApiLimits
from app.api.schemas.memories import MemoryCreate
from tests.unit.api.edge import Edge, assert_problem, opened

FACT = "Prefers Python over JavaScript for backend work"


async def test_storing_a_new_fact_answers_201_with_its_id() -> None:
    async with opened() as client:
        answer = await client.post("/v1/memories", json={"user_id": "u", "fact": FACT, "importance": 0.7})
    stored = answer.json()
    assert answer.status_code == 201
    assert stored == {"action": "stored", "id": stored["id"], "source": "api", "namespace": "default"}
    assert stored["id"]


@pytest.mark.parametrize("variant", [FACT, FACT.upper(), FACT + " ", FACT + "."])
async def test_a_known_fact_answers_200_with_the_known_id(variant: str) -> None:
    async with opened() as client:
        first = await client.post("/v1/memories", json={"user_id": "u", "fact": FACT})
        again = await client.post("/v1/memories", json={"user_id": "u", "fact": variant})
    assert again.status_code == 200
    assert again.json() == {"action": "duplicate", "id": first.json()["id"]}


async def test_other_names_of_fields_are_read_and_unknown_ones_ignored() -> None:
    async with opened() as client:
        sent = {"userId": "u", "content": FACT, "tags": ["x"], "importance": "0.8"}
        await client.post("/v1/memories", json=sent)
        listed = (await client.get("/v1/memories?userId=u&nonsense=1")).json()["memories"]
    assert [(one["fact"], one["importance"]) for one in listed] == [(FACT, 0.8)]


async def test_the_documented_name_wins_over_the_other_one() -> None:
    async with opened() as client:
        await client.post("/v1/memories", json={"user_id": "u", "userId": "x", "content": "y", "fact": FACT})
        listed = (await client.get("/v1/memories", params={"userId": "x", "user_id": "u"})).json()
    assert [one["fact"] for one in listed["memories"]] == [FACT]


async def test_a_body_is_json_whatever_its_content_type() -> None:
    async with opened() as client:
        body = b'{"user_id": "u", "fact": "Likes tea"}'
        for content_type in ("text/plain", "application/x-www-form-urlencoded", "nonsense", ""):
            headers = {"content-type": content_type}
            answer = await client.post("/v1/memories", content=body, headers=headers)
            assert answer.status_code in (200, 201)


async def test_facts_come_back_verbatim() -> None:
    fact = ' \x00 "quoted" \n\t 🦊 e\u0301 \u2028 <b>&amp;</b> '
    async with opened() as client:
        await client.post("/v1/memories", json={"user_id": "u", "fact": fact})
        listed = (await client.get("/v1/memories?user_id=u")).json()["memories"]
    assert [one["fact"] for one in listed] == [fact]


async def test_metadata_comes_back_as_given() -> None:
    metadata = {"confidence": 0.95, "nested": {"list": [1, 2.5, None, True, "ü"]}, "large": 10**30}
    async with opened() as client:
        await client.post("/v1/memories", json={"user_id": "u", "fact": FACT, "metadata": metadata})
        await client.post("/v1/memories", json={"user_id": "u", "fact": "Likes tea", "metadata": None})
        listed = (await client.get("/v1/memories?user_id=u")).json()["memories"]
    assert [one["metadata"] for one in listed] == [{}, metadata]


async def test_a_listing_holds_the_members_of_the_contract() -> None:
    async with opened() as client:
        await client.post("/v1/memories", json={"user_id": "u", "fact": FACT, "importance": 0.123456})
        listed = (await client.get("/v1/memories?user_id=u&limit=7&offset=0")).json()
    (one,) = listed["memories"]
    assert one == {
        "id": one["id"],
        "fact": FACT,
        "visibility": "private",
        "team_id": None,
        "importance": 0.1235,
        "source": "api",
        "namespace": "default",
        "created_at": "2026-05-01T09:30:00.000Z",
        "metadata": {},
    }
    assert (listed["limit"], listed["offset"], listed["total"]) == (7, 0, 1)


@pytest.mark.parametrize(
    ("asked", "limit", "offset"),
    [
        ({}, 20, 0),
        ({"limit": "0"}, 1, 0),
        ({"limit": "-5", "offset": "-5"}, 1, 0),
        ({"limit": "1000", "offset": "3"}, 100, 3),
        ({"limit": "9" * 300, "offset": "9" * 300}, 100, 2**31 - 1),
    ],
)
async def test_windows_are_clamped_silently(asked: dict[str, str], limit: int, offset: int) -> None:
    async with opened() as client:
        listed = (await client.get("/v1/memories", params={"user_id": "u", **asked})).json()
    assert (listed["limit"], listed["offset"]) == (limit, offset)


async def test_a_memory_is_shown_with_its_decay_and_history() -> None:
    edge = Edge()
    async with opened(edge) as client:
        sent = {"user_id": "u", "fact": FACT, "importance": 0.7}
        memory_id = (await client.post("/v1/memories", json=sent)).json()["id"]
        edge.clock.move(timedelta(days=1))
        shown = (await client.get(f"/v1/memories/{memory_id}")).json()
    assert shown == {
        "id": memory_id,
        "fact": FACT,
        "status": "active",
        "replaced_by": None,
        "history": [],
        "user_id": "u",
        "agent_id": None,
        "team_id": None,
        "visibility": "private",
        "namespace": "default",
        "source": "api",
        "importance": 0.7,
        "decay_score": 0.9057,
        "metadata": {},
        "created_at": "2026-05-01T09:30:00.000Z",
        "refreshed_at": "2026-05-01T09:30:00.000Z",
    }


async def test_a_superseded_memory_is_history_that_can_be_read_and_not_changed() -> None:
    edge = Edge()
    async with opened(edge) as client:
        sent = [{"user_id": "u", "fact": fact} for fact in ("Lives in New York", "Lives in San Francisco")]
        old_id, new_id = [(await client.post("/v1/memories", json=one)).json()["id"] for one in sent]
        old, new = [await edge.memory(memory_id) for memory_id in (old_id, new_id)]
        edge.clock.move(timedelta(hours=1))
        edge.memories.supersede(old, by=new, at=edge.clock.now())
        shown_old = (await client.get(f"/v1/memories/{old_id}")).json()
        shown_new = (await client.get(f"/v1/memories/{new_id}")).json()
        changed = await client.patch(f"/v1/memories/{old_id}", json={"importance": 1})
        deleted = await client.delete(f"/v1/memories/{old_id}")
    assert (shown_old["status"], shown_old["replaced_by"]) == ("superseded", new_id)
    assert shown_new["history"] == [
        {
            "id": old_id,
            "fact": "Lives in New York",
            "created_at": "2026-05-01T09:30:00.000Z",
            "superseded_at": "2026-05-01T10:30:00.000Z",
        }
    ]
    assert_problem(changed, status=404, code="not_found")
    assert_problem(deleted, status=404, code="not_found")


async def test_a_time_given_with_an_offset_comes_back_in_utc() -> None:
    async with opened() as client:
        sent = {"user_id": "u", "fact": FACT, "created_at": "2026-04-30T23:00:00.123456+02:00"}
        await client.post("/v1/memories", json=sent)
        (listed,) = (await client.get("/v1/memories?user_id=u")).json()["memories"]
    assert listed["created_at"] == "2026-04-30T21:00:00.123Z"


@pytest.mark.parametrize(("minutes_ahead", "status"), [(4, 201), (6, 400)])
async def test_a_time_may_be_a_little_ahead(minutes_ahead: int, status: int) -> None:
    edge = Edge()
    ahead = (edge.clock.now() + timedelta(minutes=minutes_ahead)).isoformat()
    async with opened(edge) as client:
        answer = await client.post("/v1/memories", json={"user_id": "u", "fact": FACT, "created_at": ahead})
    assert answer.status_code == status


@pytest.mark.parametrize(
    "memory_id", ["unknown", "019a0000-0000-7000-8000-000000000000", "%FF", "a b", "null"]
)
@pytest.mark.parametrize(
    ("method", "sentence"),
    [
        ("GET", "Memory not found"),
        ("PATCH", "Memory not found or already deleted"),
        ("DELETE", "Memory not found or already deleted"),
    ],
)
async def test_an_id_that_names_nothing_is_404_whatever_its_form(
    memory_id: str, method: str, sentence: str
) -> None:
    async with opened() as client:
        body = {"importance": 0.5} if method == "PATCH" else None
        answer = await client.request(method, f"/v1/memories/{memory_id}", json=body)
    assert assert_problem(answer, status=404, code="not_found")["error"] == sentence


async def test_deleting_answers_204_without_a_body_and_then_404() -> None:
    async with opened() as client:
        memory_id = (await client.post("/v1/memories", json={"user_id": "u", "fact": FACT})).json()["id"]
        headers = {"content-type": "application/json"}
        first = await client.delete(f"/v1/memories/{memory_id}?user_id=x", headers=headers)
        second = await client.delete(f"/v1/memories/{memory_id}")
    assert (first.status_code, first.content) == (204, b"")
    assert "content-type" not in first.headers
    assert_problem(second, status=404, code="not_found")


async def test_changing_the_importance_answers_what_can_be_changed() -> None:
    async with opened() as client:
        memory_id = (await client.post("/v1/memories", json={"user_id": "u", "fact": FACT})).json()["id"]
        answer = await client.patch(f"/v1/memories/{memory_id}", json={"importance": "0.9"})
    shown = {"id": memory_id, "visibility": "private", "importance": 0.9, "team_id": None}
    assert (answer.status_code, answer.json()) == (200, shown)


@pytest.mark.parametrize("body", [b"", b"{}", b'{"importance": null}', b'{"fact": "x"}'])
async def test_a_change_of_nothing_is_refused(body: bytes) -> None:
    async with opened() as client:
        answer = await client.patch("/v1/memories/unknown", content=body)
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["error"] == "Nothing to update. Provide visibility, importance or team_id."


async def test_sharing_with_an_unknown_team_is_404() -> None:
    async with opened() as client:
        sent = {"user_id": "u", "fact": FACT, "team_id": "t"}
        answer = await client.post("/v1/memories", json=sent)
        listed = await client.get("/v1/memories?user_id=u&team_id=t")
    assert assert_problem(answer, status=404, code="not_found")["error"] == "Team not found"
    assert_problem(listed, status=404, code="not_found")


async def test_private_wins_over_a_team() -> None:
    sent = {"user_id": "u", "fact": FACT, "team_id": "t", "visibility": "private"}
    async with opened() as client:
        answer = await client.post("/v1/memories", json=sent)
    assert answer.status_code == 201
    assert MemoryCreate.model_validate(sent).draft().team_id is None


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"visibility": "private", "team_id": "t"}, 200),
        ({"team_id": "t"}, 404),
        ({"visibility": "team"}, 400),
    ],
)
async def test_a_change_of_visibility_needs_a_team_only_for_sharing(
    change: dict[str, str], status: int
) -> None:
    async with opened() as client:
        memory_id = (await client.post("/v1/memories", json={"user_id": "u", "fact": FACT})).json()["id"]
        answer = await client.patch(f"/v1/memories/{memory_id}", json=change)
    assert answer.status_code == status


async def test_usage_counts_against_the_limit() -> None:
    async with opened(Edge(memory_limit=3)) as client:
        await client.post("/v1/memories", json={"user_id": "u", "fact": FACT})
        limited = (await client.get("/v1/usage")).json()
    async with opened() as client:
        unlimited = (await client.get("/v1/usage")).json()
    assert limited == {
        "plan": "self-hosted",
        "memory_limit": 3,
        "memories_used": 1,
        "memories_remaining": 2,
    }
    assert (unlimited["memory_limit"], unlimited["memories_remaining"]) == (None, None)


async def test_a_full_tenant_is_told_its_plan_and_where_to_get_more() -> None:
    edge = Edge(memory_limit=1, limits=ApiLimits(upgrade_url="https://example.org/more"))
    async with opened(edge) as client:
        await client.post("/v1/memories", json={"user_id": "u", "fact": FACT})
        answer = await client.post("/v1/memories", json={"user_id": "u", "fact": "Likes tea"})
        again = await client.post("/v1/memories", json={"user_id": "u", "fact": FACT})
    problem = assert_problem(answer, status=402, code="quota_exceeded")
    assert (problem["plan"], problem["limit"], problem["used"]) == ("self-hosted", 1, 1)
    assert problem["upgrade_url"] == "https://example.org/more"
    assert again.status_code == 200


async def test_deeply_nested_metadata_comes_back_or_is_refused_but_never_breaks_an_answer() -> None:
    async with opened() as client:
        for depth in (50, 150, 190, 195, 196, 197, 198, 199, 200, 250, 300):
            metadata = "{" + '"a":{' * depth + "}" * depth + "}"
            body = f'{{"user_id": "u{depth}", "fact": "x", "metadata": {metadata}}}'
            stored = await client.post("/v1/memories", content=body)
            listed = await client.get(f"/v1/memories?user_id=u{depth}")
            assert stored.status_code in (201, 400)
            assert listed.status_code == 200
            assert listed.json()["total"] == (1 if stored.status_code == 201 else 0)
