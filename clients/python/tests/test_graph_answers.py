"""How answers about links are read."""

from collections.abc import Mapping
from datetime import datetime, timezone

import pytest

from loci_client import CarriedFrom, Conflict, Edge, NewEdge, ReachingEdge, RelatedMemory
from samples import EDGE, PATH, SUBGRAPH
from stand_ins import OpenClient, ScriptedService, answer, problem

NOON = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)
NODE: Mapping[str, object] = {
    "memory_id": "c3",
    "fact": "Buys tea",
    "importance": 0.5,
    "source": "api",
    "namespace": "default",
    "created_at": "2026-05-01T12:00:00.000Z",
}
HOP: Mapping[str, object] = {
    "id": "e7",
    "relationship_type": "context_for",
    "weight": 0.9,
    "metadata": {},
    "carried_from": {"edge_id": "e1", "memory_id": "a1"},
}


def test_a_link_tells_where_it_was_carried_from(open_client: OpenClient) -> None:
    body = {**EDGE, "carried_from": {"edge_id": "e1", "memory_id": "a1"}}
    edge = open_client(ScriptedService(answer(body, 201))).connect("b2", "c3", "context_for")
    assert (edge.id, edge.weight, edge.carried_from) == ("e7", 1.0, CarriedFrom(edge_id="e1", memory_id="a1"))


def test_each_of_many_links_has_its_own_outcome(open_client: OpenClient) -> None:
    items = [
        {"index": 0, "status": 201, **EDGE},
        {"index": 1, "status": 409, "code": "conflict", "error": "This edge exists already", "id": "e7"},
    ]
    edges = [NewEdge(from_memory_id="b2", to_memory_id="c3", relationship_type="context_for")] * 2
    made, refused = open_client(ScriptedService(answer({"results": items}))).connect_many(edges)
    assert isinstance(made, Edge)
    assert (made.id, made.created_at.hour) == ("e7", 9)
    assert isinstance(refused, Conflict)
    assert refused.existing_id == "e7"


def test_a_traversal_says_how_each_memory_was_reached(open_client: OpenClient) -> None:
    node = {**NODE, "depth": 2, "edge": HOP}
    body = {"root_memory_id": "b2", "max_depth": 3, "node_count": 1, "nodes": [node], "truncated": True}
    walk = open_client(ScriptedService(answer(body))).traverse("b2", depth=3)
    assert (walk.max_depth, walk.truncated, walk.nodes[0].depth) == (3, True, 2)
    assert walk.nodes[0].edge == ReachingEdge(
        id="e7",
        relationship_type="context_for",
        weight=0.9,
        metadata={},
        carried_from=CarriedFrom(edge_id="e1", memory_id="a1"),
    )


def test_a_related_memory_comes_with_its_dated_edge(open_client: OpenClient) -> None:
    node = {**NODE, "edge": {**HOP, "carried_from": None, "created_at": "2026-05-01T12:00:00.000Z"}}
    client = open_client(ScriptedService(answer({"memory_id": "b2", "related": [node]})))
    edge = ReachingEdge(id="e7", relationship_type="context_for", weight=0.9, metadata={}, created_at=NOON)
    assert client.related("b2") == (
        RelatedMemory(
            memory_id="c3",
            fact="Buys tea",
            importance=0.5,
            source="api",
            namespace="default",
            created_at=NOON,
            edge=edge,
        ),
    )


def test_a_conflict_names_what_exists(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(problem(409, "conflict", id="e7")))
    with pytest.raises(Conflict) as caught:
        client.connect("b2", "c3", "context_for")
    assert caught.value.existing_id == "e7"


def test_a_path_has_its_memories_and_the_edges_between_them(open_client: OpenClient) -> None:
    ends = [{**NODE, "memory_id": "b2"}, NODE]
    body = {**PATH, "to_memory_id": "c3", "hop_count": 1, "weight": 0.9, "nodes": ends, "edges": [EDGE]}
    path = open_client(ScriptedService(answer(body))).path("b2", "c3")
    assert (path.hop_count, path.weight, path.truncated) == (1, 0.9, False)
    assert [one.memory_id for one in path.nodes] == ["b2", "c3"]
    assert [one.id for one in path.edges] == ["e7"]


def test_a_subgraph_has_memories_with_captions_and_their_edges(open_client: OpenClient) -> None:
    node = {**NODE, "caption": "Buys…", "depth": 1}
    body = {**SUBGRAPH, "node_count": 1, "edge_count": 1, "nodes": [node], "edges": [EDGE]}
    drawn = open_client(ScriptedService(answer(body))).subgraph(["c3"])
    assert [(one.caption, one.depth) for one in drawn.nodes] == [("Buys…", 1)]
    assert [(one.from_memory_id, one.to_memory_id) for one in drawn.edges] == [("b2", "c3")]
