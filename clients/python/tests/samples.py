"""One good answer of each kind about memories and links, and the calls that get them."""

from collections.abc import Callable, Mapping

from loci_client import Loci, NewEdge, NewMemory
from stand_ins import ROW

STORED: Mapping[str, object] = {"action": "stored", "id": "b2", "source": "api", "namespace": "default"}
UPDATED: Mapping[str, object] = {"id": "b2", "visibility": "private", "importance": 0.2, "team_id": None}
USAGE: Mapping[str, object] = {
    "plan": "self-hosted",
    "memory_limit": None,
    "memories_used": 12,
    "memories_remaining": None,
}
CONTEXT: Mapping[str, object] = {"context": "No relevant memories found.", "memories": []}
PAGE: Mapping[str, object] = {"memories": [], "limit": 20, "offset": 0, "total": 0}
EDGE: Mapping[str, object] = {
    "id": "e7",
    "from_memory_id": "b2",
    "to_memory_id": "c3",
    "relationship_type": "context_for",
    "weight": 1.0,
    "metadata": {},
    "created_at": "2026-05-01T09:30:00.000Z",
    "carried_from": None,
}
TRAVERSAL: Mapping[str, object] = {"root_memory_id": "b2", "max_depth": 2, "node_count": 0, "nodes": []}
PATH: Mapping[str, object] = {
    "from_memory_id": "b2",
    "to_memory_id": "b2",
    "hop_count": 0,
    "weight": 1,
    "nodes": [],
    "edges": [],
    "truncated": False,
}
SUBGRAPH: Mapping[str, object] = {
    "max_depth": 1,
    "limit": 100,
    "node_count": 0,
    "edge_count": 0,
    "nodes": [],
    "edges": [],
    "truncated": False,
}
MEMORY: Mapping[str, object] = {
    **{name: value for name, value in ROW.items() if name not in ("similarity", "score")},
    "status": "active",
    "replaced_by": None,
    "history": [],
    "user_id": "ann",
    "agent_id": None,
    "team_id": None,
    "visibility": "private",
    "refreshed_at": "2026-05-01T09:30:00.000Z",
}

Act = Callable[[Loci], object]
READS: list[tuple[Act, str, object]] = [
    (lambda c: c.search("ann", "tea"), "/v1/memories/search?user_id=ann&q=tea", {"results": []}),
    (
        lambda c: c.search(
            "ann", "tea", limit=3, source="chat", namespace="work", team_id="t1", include_team=True
        ),
        "/v1/memories/search?user_id=ann&q=tea&limit=3&source=chat&namespace=work&team_id=t1&include_team=true",
        {"results": []},
    ),
    (lambda c: c.context("ann"), "/v1/users/ann/context", CONTEXT),
    (
        lambda c: c.context("ann", "tea", top_n=3, namespace="work", team_id="t1", include_team=False),
        "/v1/users/ann/context?q=tea&top_n=3&namespace=work&team_id=t1&include_team=false",
        CONTEXT,
    ),
    (lambda c: c.list_page("ann"), "/v1/memories?user_id=ann", PAGE),
    (
        lambda c: c.list_page(
            "ann", limit=5, offset=10, namespace="work", visibility="team", team_id="t1", source="chat"
        ),
        "/v1/memories?user_id=ann&limit=5&offset=10&namespace=work&visibility=team&team_id=t1&source=chat",
        PAGE,
    ),
    (lambda c: c.get("b2"), "/v1/memories/b2", MEMORY),
    (lambda c: c.usage(), "/v1/usage", USAGE),
    (lambda c: c.traverse("b2"), "/v1/graph/traverse/b2", TRAVERSAL),
    (
        lambda c: c.traverse("b2", depth=3, relationship_type="context for"),
        "/v1/graph/traverse/b2?depth=3&relationship_type=context+for",
        TRAVERSAL,
    ),
    (lambda c: c.related("b2"), "/v1/graph/related/b2", {"memory_id": "b2", "related": []}),
    (
        lambda c: c.related("b2", relationship_type="requires", limit=7),
        "/v1/graph/related/b2?relationship_type=requires&limit=7",
        {"memory_id": "b2", "related": []},
    ),
    (lambda c: c.path("b2", "c3"), "/v1/graph/path?from_memory_id=b2&to_memory_id=c3", PATH),
    (lambda c: c.subgraph(["b2", "c3"]), "/v1/graph/subgraph?ids=b2%2Cc3", SUBGRAPH),
    (
        lambda c: c.subgraph(["b2"], depth=3, limit=7),
        "/v1/graph/subgraph?ids=b2&depth=3&limit=7",
        SUBGRAPH,
    ),
]
WRITES: list[tuple[Act, str, object]] = [
    (lambda c: c.store("ann", "Drinks tea"), "POST", STORED),
    (lambda c: c.store_many([NewMemory(user_id="ann", fact="Drinks tea")]), "POST", {"results": []}),
    (lambda c: c.connect("b2", "c3", "requires"), "POST", EDGE),
    (
        lambda c: c.connect_many(
            [NewEdge(from_memory_id="b2", to_memory_id="c3", relationship_type="requires")]
        ),
        "POST",
        {"results": []},
    ),
    (lambda c: c.call_tool("smara_get_usage", "{}"), "POST", USAGE),
    (lambda c: c.update("b2", importance=0.2), "PATCH", UPDATED),
    (lambda c: c.delete("b2"), "DELETE", None),
    (lambda c: c.delete_edge("e7"), "DELETE", None),
]
