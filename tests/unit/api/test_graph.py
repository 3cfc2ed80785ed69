"""The routes of the links between memories."""

from typing import Any

import httpx2
import pytest

from tests.unit.api.edge import MOST_GRAPH_TYPES, assert_problem, opened

EDGE = set("id relationship_type weight metadata carried_from".split())
NODE = set("memory_id fact importance source namespace created_at".split())
UNKNOWN = "0196f3a1-8c1e-7abc-9444-555566667777"

BAD_EDGES: list[tuple[dict[str, object], str, str]] = [
    ({"weight": -1}, "weight", "must be at least 0"),
    ({"weight": 1.01}, "weight", "must be at most 1"),
    ({"weight": 1.5}, "weight", "must be at most 1"),
    ({"weight": "heavy"}, "weight", "must be a number"),
    ({"weight": "nan"}, "weight", "must be a number"),
    ({"weight": True}, "weight", "must be a number"),
    ({"weight": None}, "weight", "must be a number"),
    ({"weight": 10**400}, "weight", "must be a finite number"),
    ({"relationship_type": ""}, "relationship_type", "must not be empty"),
    ({"relationship_type": "x" * 101}, "relationship_type", "must have at most 100 characters"),
    ({"relationship_type": 7}, "relationship_type", "must be a string"),
    ({"relationship_type": None}, "relationship_type", "must be a string"),
    ({"from_memory_id": 7}, "from_memory_id", "must be a string"),
    ({"to_memory_id": None}, "to_memory_id", "must be a string"),
    ({"metadata": []}, "metadata", "must be an object"),
    ({"metadata": {"a": "x" * 16_400}}, "metadata", "must be at most 16 KiB as compact JSON"),
]  # fmt: skip


async def _stored(client: httpx2.AsyncClient, *facts: str) -> list[str]:
    answers = [await client.post("/v1/memories", json={"user_id": "u", "fact": fact}) for fact in facts]
    return [answer.json()["id"] for answer in answers]


async def _join(client: httpx2.AsyncClient, start: str, end: str, **fields: Any) -> httpx2.Response:
    sent = {"from_memory_id": start, "to_memory_id": end, "relationship_type": "context_for", **fields}
    return await client.post("/v1/graph/connect", json=sent)


async def test_connecting_answers_the_edge_in_the_shape_of_the_contract() -> None:
    async with opened() as client:
        a, b = await _stored(client, "a", "b")
        plain = await _join(client, a, b)
        full = await _join(client, b, a, weight="0.9", metadata={"a": [1]})
    assert plain.status_code == 201
    assert plain.json() == {
        "id": plain.json()["id"],
        "from_memory_id": a,
        "to_memory_id": b,
        "relationship_type": "context_for",
        "weight": 1.0,
        "metadata": {},
        "created_at": "2026-05-01T09:30:00.000Z",
        "carried_from": None,
    }
    assert (full.json()["weight"], full.json()["metadata"]) == (0.9, {"a": [1]})


@pytest.mark.parametrize(("fields", "name", "reason"), BAD_EDGES)
async def test_a_bad_field_of_an_edge_is_400_and_named(
    fields: dict[str, object], name: str, reason: str
) -> None:
    async with opened() as client:
        a, b = await _stored(client, "a", "b")
        answer = await _join(client, a, b, **fields)
        related = await client.get(f"/v1/graph/related/{a}")
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["fields"] == {name: reason}
    assert related.json()["related"] == []


@pytest.mark.parametrize("weight", [b"NaN", b"Infinity", b"1e999"])
async def test_a_weight_that_is_no_finite_number_is_400(weight: bytes) -> None:
    body = (
        b'{"from_memory_id": "a", "to_memory_id": "b", "relationship_type": "x", "weight": ' + weight + b"}"
    )
    async with opened() as client:
        answer = await client.post("/v1/graph/connect", content=body)
    assert_problem(answer, status=400, code="validation_error")


async def test_an_edge_needs_its_ends_and_its_type() -> None:
    async with opened() as client:
        answer = await client.post("/v1/graph/connect", json={})
    fields = assert_problem(answer, status=400, code="validation_error")["fields"]
    assert fields == dict.fromkeys(["from_memory_id", "to_memory_id", "relationship_type"], "is required")


@pytest.mark.parametrize("words", ["-->", "`a`]->(b)", "'\" OR 1=1", "x" * 100, " ", "🦊", "IN"])
async def test_any_text_of_up_to_100_characters_is_a_type(words: str) -> None:
    async with opened() as client:
        a, b = await _stored(client, "a", "b")
        made = await _join(client, a, b, relationship_type=words)
        found = await client.get(f"/v1/graph/related/{a}", params={"relationship_type": words})
    assert made.json()["relationship_type"] == words
    assert [one["edge"]["id"] for one in found.json()["related"]] == [made.json()["id"]]


async def test_an_edge_from_a_memory_to_itself_is_400() -> None:
    async with opened() as client:
        (a,) = await _stored(client, "a")
        answer = await _join(client, a, a)
    problem = assert_problem(answer, status=400, code="validation_error")
    assert problem["error"] == "Cannot create an edge from a memory to itself"


async def test_the_same_edge_again_is_409_with_its_id_and_the_other_way_is_another() -> None:
    async with opened() as client:
        a, b = await _stored(client, "a", "b")
        first = await _join(client, a, b, weight=0.9)
        again = await _join(client, a, b, weight=0.1)
        back = await _join(client, b, a)
    assert assert_problem(again, status=409, code="conflict")["id"] == first.json()["id"]
    assert (back.status_code, back.json()["id"] != first.json()["id"]) == (201, True)


@pytest.mark.parametrize("hidden", ["", "nobody", UNKNOWN, "deleted"])
async def test_an_edge_to_or_from_nothing_is_404(hidden: str) -> None:
    async with opened() as client:
        a, gone = await _stored(client, "a", "gone")
        await client.delete(f"/v1/memories/{gone}")
        other = gone if hidden == "deleted" else hidden
        for ends in ((a, other), (other, a)):
            problem = assert_problem(await _join(client, *ends), status=404, code="not_found")
            assert problem["error"] == "Memory not found"


async def test_the_first_type_above_the_limit_is_400() -> None:
    async with opened() as client:
        a, b = await _stored(client, "a", "b")
        made = [
            await _join(client, a, b, relationship_type=f"type {number}")
            for number in range(MOST_GRAPH_TYPES + 1)
        ]
    assert [one.status_code for one in made[:-1]] == [201] * MOST_GRAPH_TYPES
    problem = assert_problem(made[-1], status=400, code="validation_error")
    assert "relationship_type" in str(problem["fields"])


async def test_a_traversal_answers_in_the_shape_of_the_contract() -> None:
    async with opened() as client:
        a, b, c = await _stored(client, "a", "b", "c")
        await _join(client, a, b, weight=0.9)
        await _join(client, c, b, relationship_type="requires", weight=0.8)
        answer = await client.get(f"/v1/graph/traverse/{a}", params={"depth": "3"})
    found = answer.json()
    nodes = found.pop("nodes")
    assert found == {"root_memory_id": a, "max_depth": 3, "node_count": 2, "truncated": False}
    assert [(one["memory_id"], one["depth"]) for one in nodes] == [(b, 1), (c, 2)]
    assert all(set(one) == NODE | {"depth", "edge"} and set(one["edge"]) == EDGE for one in nodes)
    assert nodes[1]["edge"]["relationship_type"] == "requires"
    assert nodes[0]["fact"] == "b"


@pytest.mark.parametrize(("depth", "clamped"), [(0, 1), (-7, 1), (99, 5), ("3", 3), (None, 2)])
async def test_the_depth_is_clamped(depth: object, clamped: int) -> None:
    async with opened() as client:
        (a,) = await _stored(client, "a")
        query = "" if depth is None else f"?depth={depth}"
        answer = await client.get(f"/v1/graph/traverse/{a}{query}")
    assert answer.json()["max_depth"] == clamped


@pytest.mark.parametrize(
    "address",
    [
        "traverse/x?depth=x",
        "traverse/x?depth=1.5",
        "traverse/x?depth=",
        "traverse/x?relationship_type=",
        "traverse/x?relationship_type=" + "x" * 101,
        "related/x?limit=x",
        "related/x?relationship_type=%ff",
        "path?from_memory_id=x",
        "path",
        "subgraph",
        "subgraph?ids=",
        "subgraph?ids=,%20,",
        "subgraph?ids=a&depth=x",
        "subgraph?ids=" + ",".join(str(number) for number in range(51)),
    ],
)
async def test_a_bad_query_is_400(address: str) -> None:
    async with opened() as client:
        answer = await client.get(f"/v1/graph/{address}")
    assert assert_problem(answer, status=400, code="validation_error")["fields"]


@pytest.mark.parametrize(
    "address",
    [
        f"traverse/{UNKNOWN}",
        "traverse/nobody",
        "related/nobody",
        "path?from=nobody&to=nobody",
        f"subgraph?ids={UNKNOWN},x",
    ],
)
async def test_an_unknown_memory_is_404(address: str) -> None:
    async with opened() as client:
        answer = await client.get(f"/v1/graph/{address}")
    assert assert_problem(answer, status=404, code="not_found")["error"] == "Memory not found"


async def test_related_answers_one_entry_per_edge_in_the_shape_of_the_contract() -> None:
    async with opened() as client:
        a, b = await _stored(client, "a", "b")
        await _join(client, a, b, weight=0.2)
        await _join(client, b, a, weight=0.4)
        found = (await client.get(f"/v1/graph/related/{a}")).json()
        first = (await client.get(f"/v1/graph/related/{a}?limit=0")).json()
    assert found["memory_id"] == a
    assert [one["edge"]["weight"] for one in found["related"]] == [0.4, 0.2]
    assert set(found["related"][0]) == NODE | {"edge"}
    assert set(found["related"][0]["edge"]) == EDGE | {"created_at"}
    assert first["related"] == found["related"][:1]


async def test_a_path_answers_nodes_and_edges_in_order() -> None:
    async with opened() as client:
        a, b, c = await _stored(client, "a", "b", "c")
        one = (await _join(client, a, b, weight=0.9)).json()
        two = (await _join(client, c, b, weight=0.8)).json()
        found = (await client.get(f"/v1/graph/path?from_memory_id={a}&to_memory_id={c}")).json()
        short = (await client.get(f"/v1/graph/path?from={a}&to={c}")).json()
    assert [node["memory_id"] for node in found["nodes"]] == [a, b, c]
    assert found["edges"] == [one, two]
    assert (found["weight"], found["hop_count"], found["truncated"]) == (0.72, 2, False)
    assert short == found


async def test_no_path_is_404_with_a_sentence_that_says_so() -> None:
    async with opened() as client:
        a, b = await _stored(client, "a", "b")
        answer = await client.get("/v1/graph/path", params={"from_memory_id": a, "to_memory_id": b})
    problem = assert_problem(answer, status=404, code="not_found")
    assert problem["error"] == "No path of at most 6 hops joins the two memories"


async def test_a_subgraph_answers_nodes_and_edges_to_draw() -> None:
    async with opened() as client:
        a, b, c = await _stored(client, "a", "b", "c")
        edge = (await _join(client, a, b)).json()
        found = (await client.get(f"/v1/graph/subgraph?ids={a},%20{c}&depth=9&limit=9999")).json()
    nodes = found.pop("nodes")
    assert [(node["memory_id"], node["depth"]) for node in nodes] == [(a, 0), (c, 0), (b, 1)]
    assert all(set(node) == NODE | {"caption", "depth"} for node in nodes)
    assert found == {
        "max_depth": 3,
        "limit": 500,
        "node_count": 3,
        "edge_count": 1,
        "edges": [edge],
        "truncated": False,
    }


async def test_a_deleted_edge_is_204_and_then_404() -> None:
    async with opened() as client:
        a, b = await _stored(client, "a", "b")
        edge_id = (await _join(client, a, b)).json()["id"]
        gone = await client.delete(f"/v1/graph/edge/{edge_id}")
        again = await client.delete(f"/v1/graph/edge/{edge_id}")
        found = (await client.get(f"/v1/graph/related/{a}")).json()
    assert (gone.status_code, gone.content) == (204, b"")
    assert assert_problem(again, status=404, code="not_found")["error"] == "Edge not found"
    assert found["related"] == []


async def test_m34_a_deleted_memory_is_gone_from_the_graph_with_its_edges() -> None:
    async with opened() as client:
        a, b, c = await _stored(client, "a", "b", "c")
        edges = [(await _join(client, a, b)).json()["id"], (await _join(client, b, c)).json()["id"]]
        await client.delete(f"/v1/memories/{b}")
        walked = (await client.get(f"/v1/graph/traverse/{a}?depth=5")).json()
        root = await client.get(f"/v1/graph/traverse/{b}")
        removed = [await client.delete(f"/v1/graph/edge/{edge_id}") for edge_id in edges]
    assert walked["nodes"] == []
    assert_problem(root, status=404, code="not_found")
    for answer in removed:
        assert_problem(answer, status=404, code="not_found")
