"""Every Cypher file as the pinned Neo4j understands it: what it does, returns, and goes through."""

import pytest

from app.graph import cypher_files, queries
from app.graph.cypher_files import Access
from app.graph.queries import Query
from app.graph.store import GraphStore
from tests.raw_cypher import RawCypher

_QUERIES = queries.load(cypher_files.default_directory())
_KINDS = {Access.READ: {"r"}, Access.WRITE: {"w", "rw"}}
# Neo4j counts procedures about the server itself among neither reads nor writes.
_KINDS_OF = {"health/server": {"s"}}
_SCANS = ("AllNodesScan", "ByLabelScan", "AllRelationshipsScan", "RelationshipTypeScan")
_OVER_EVERYTHING = {"access/keys", "access/tenants", "migrations/applied"}
_INDEXES = {
    "locks/take": {"WriteLock(key)"},
    "scopes/of_memory": {"Memory(tenant_id, id)"},
    "scopes/create": {"Scope(id)", "Tenant(id)"},
    "memories/get": {"Memory(tenant_id, id)"},
    "memories/predecessors": {"Memory(tenant_id, id)"},
    "memories/page": {"Memory(scope_id, status, valid_from)"},
    "memories/count_listed": {"Memory(scope_id, status, valid_from)"},
    "memories/count_active": {"Memory(tenant_id, status)"},
    "memories/create": {"EmbeddingModel(key)", "Scope(id)", "Memory(tenant_id, id)"},
    "memories/refresh": {"Memory(tenant_id, id)"},
    "memories/update": {"Memory(tenant_id, id)"},
    "memories/delete": {"Memory(tenant_id, id)"},
    "memories/compare": {"Memory(scope_id, content_hash)", "memory_embedding"},
    "conversations/tails": {"Memory(tenant_id, id)", "Memory(scope_id, conversation_id, turn)"},
    "conversations/said": {"Memory(scope_id, content_hash)"},
    "conversations/join": {"Memory(tenant_id, id)"},
    "conversations/write_windows": {"Memory(tenant_id, id)", "Passage(tenant_id, id)"},
    "conversations/remove_windows": {"Memory(tenant_id, id)"},
    "history/chain": {"Memory(tenant_id, id)"},
    "history/scopes": {"Memory(tenant_id, id)"},
    "history/is_whole": {"Memory(tenant_id, id)"},
    "history/same_words": {"Memory(scope_id, content_hash)"},
    "history/revive": {"Memory(tenant_id, id)"},
    "history/activate": {"Memory(tenant_id, id)"},
    "conflicts/page": {"CONFLICTS_WITH(tenant_id, status, at)"},
    "conflicts/get": {"CONFLICTS_WITH(tenant_id, id)"},
    "conflicts/resolve": {"CONFLICTS_WITH(tenant_id, id)"},
    "settings/get": {"Tenant(id)"},
    "settings/change": {"Tenant(id)"},
    "search/nearest": {"memory_embedding"},
    "search/nearest_of_source": {"memory_embedding"},
    "search/least_faded": {"Memory(scope_id, status, refreshed_at)"},
    "search/nearest_of_metadata": {"Memory(scope_id, status, refreshed_at)"},
    "recall/words": {"Scope(id)", "Memory(scope_id, content_hash)"},
    "recall/found": {"memory_embedding", "Memory(tenant_id, id)"},
    "recall/nearest_of": {"Memory(tenant_id, id)"},
    "recall/alike": {"Memory(tenant_id, id)"},
    "recall/scan": {"Memory(scope_id, content_hash)"},
    "recall/linked": {"Memory(tenant_id, id)"},
    "recall/joined": {"Memory(tenant_id, id)", "Entity(scope_id, key)"},
    "memories/create_passages": {"Memory(tenant_id, id)", "Passage(tenant_id, id)"},
    "entities/known": {"Entity(scope_id, key)"},
    "entities/among": {"Entity(scope_id, key)"},
    "entities/create": {"Entity(scope_id, key)"},
    "entities/mention": {"Memory(tenant_id, id)", "Entity(scope_id, key)"},
    "entities/forget": {"Memory(tenant_id, id)"},
    "entities/carry": {"Entity(scope_id, key)"},
    "spaces/named": {"Space(tenant_id, name)"},
    "spaces/get": {"Space(tenant_id, id)"},
    "spaces/create": {"Space(tenant_id, name)", "Tenant(id)"},
    "spaces/page": {"Space(tenant_id, name)", "Memory(scope_id, status, valid_from)"},
    "spaces/count": {"Space(tenant_id, name)"},
    "spaces/empty": {"Space(tenant_id, id)", "Memory(scope_id, status, valid_from)"},
    "spaces/delete": {"Space(tenant_id, id)"},
    "graph/known_types": {"LinkType(name)"},
    "graph/add_type": {"LinkType(name)"},
    "graph/scopes": {"Memory(tenant_id, id)"},
    "graph/scopes_of_link": {"Memory(tenant_id, id)"},
    "graph/create": {"Memory(tenant_id, id)"},
    "graph/delete": {"Memory(tenant_id, id)"},
    "graph/around": {"Memory(tenant_id, id)"},
    "graph/among": {"Memory(tenant_id, id)"},
    "graph/memories": {"Memory(tenant_id, id)"},
    "graph/carry": {"Memory(tenant_id, id)"},
    "agents/create": {"Agent(tenant_id, id)"},
    "agents/get": {"Agent(tenant_id, id)"},
    "agents/all": {"Agent(tenant_id, id)"},
    "agents/update": {"Agent(tenant_id, id)"},
    "agents/delete": {"Agent(tenant_id, id)"},
    "agents/scopes": {"Scope(tenant_id, agent_id)"},
    "agents/forget": {"Scope(tenant_id, agent_id)"},
    "agents/is_member_id": {"Agent(tenant_id, id)", "Agent(tenant_id, slug)"},
    "teams/create": {"Team(tenant_id, slug)"},
    "teams/get": {"Team(tenant_id, id)"},
    "teams/exists": {"Team(tenant_id, id)"},
    "teams/all": {"Team(tenant_id, id)"},
    "teams/update": {"Team(tenant_id, id)", "Team(tenant_id, slug)"},
    "teams/delete": {"Team(tenant_id, id)"},
    "teams/role_of": {"User(tenant_id, id)", "Team(tenant_id, id)"},
    "teams/join": {"Team(tenant_id, id)", "User(tenant_id, id)"},
    "teams/change_role": {"User(tenant_id, id)", "Team(tenant_id, id)"},
    "teams/leave": {"User(tenant_id, id)", "Team(tenant_id, id)"},
    "teams/count_admins": {"Team(tenant_id, id)"},
    "teams/invite": {"Team(tenant_id, id)", "Invitation(token_digest)"},
    "teams/invitation": {"Invitation(token_digest)"},
    "teams/use_invitation": {"Invitation(token_digest)"},
    "teams/scopes": {"Scope(tenant_id, team_id, namespace)"},
    "teams/make_private": {"Scope(id)"},
    "teams/delete_scopes": {"Scope(id)"},
    "access/keys_of_tenant": {"Tenant(id)"},
    "access/create_tenant": {"Tenant(name_key)"},
    "access/create_key": {"Tenant(id)", "ApiKey(id)"},
    "access/key_by_digest": {"ApiKey(digest)"},
    "access/delete_key": {"ApiKey(id)"},
    "access/mark_used": {"ApiKey(id)"},
    "migrations/model": {"EmbeddingModel(key)"},
    "migrations/record_model": {"EmbeddingModel(key)"},
    "migrations/record": {"SchemaMigration(version)"},
}

each_query = pytest.mark.parametrize("query", _QUERIES.values(), ids=_QUERIES)


@each_query
async def test_a_statement_does_what_its_header_says(query: Query, graph: GraphStore, raw: RawCypher) -> None:
    explained = await raw.explain(query.text, **dict.fromkeys(query.params))
    assert explained.kind in _KINDS_OF.get(query.name, _KINDS[query.access])


@each_query
async def test_a_statement_returns_what_its_header_says(
    query: Query, graph: GraphStore, raw: RawCypher
) -> None:
    explained = await raw.explain(query.text, **dict.fromkeys(query.params))
    assert explained.columns == query.returns


@each_query
async def test_no_statement_reads_the_whole_database(query: Query, graph: GraphStore, raw: RawCypher) -> None:
    explained = await raw.explain(query.text, **dict.fromkeys(query.params))
    scanning = [operator for operator, _ in explained.steps if operator.endswith(_SCANS)]
    assert scanning == [] or query.name in _OVER_EVERYTHING


@pytest.mark.parametrize(("name", "indexes"), _INDEXES.items(), ids=_INDEXES)
async def test_a_statement_goes_through_its_indexes(
    name: str, indexes: set[str], graph: GraphStore, raw: RawCypher
) -> None:
    explained = await raw.explain(_QUERIES[name].text, **dict.fromkeys(_QUERIES[name].params))
    details = " ".join(
        detail for operator, detail in explained.steps if "Index" in operator or "Unique" in operator
    )
    assert [index for index in indexes if index not in details] == []


@pytest.mark.parametrize(
    "name", ["graph/around", "graph/among", "graph/carry", "graph/scopes_of_link", "graph/delete"]
)
async def test_links_are_read_from_the_memories_asked_about(
    name: str, graph: GraphStore, raw: RawCypher
) -> None:
    explained = await raw.explain(_QUERIES[name].text, **dict.fromkeys(_QUERIES[name].params))
    assert "Expand(All)" in {operator for operator, _ in explained.steps}
    assert "Memory(tenant_id, status)" not in " ".join(detail for _, detail in explained.steps)


@pytest.mark.parametrize("name", ["memories/page", "conversations/tails"])
async def test_the_first_are_handed_out_in_the_order_of_the_index(
    name: str, graph: GraphStore, raw: RawCypher
) -> None:
    explained = await raw.explain(_QUERIES[name].text, **dict.fromkeys(_QUERIES[name].params))
    assert "PartialTop" in {operator for operator, _ in explained.steps}


@pytest.mark.parametrize(("name", "starts"), [("recall/linked", 1), ("recall/joined", 2)])
async def test_recall_reads_the_graph_from_its_seeds(
    name: str, starts: int, graph: GraphStore, raw: RawCypher
) -> None:
    explained = await raw.explain(_QUERIES[name].text, **dict.fromkeys(_QUERIES[name].params))
    seeks = [operator for operator, _ in explained.steps if "Index" in operator]
    assert (len(seeks), "Expand(All)" in {operator for operator, _ in explained.steps}) == (starts, True)


@pytest.mark.parametrize("name", ["recall/words", "recall/scan"])
async def test_the_first_by_hash_are_read_in_the_order_of_the_index(
    name: str, graph: GraphStore, raw: RawCypher
) -> None:
    explained = await raw.explain(_QUERIES[name].text, **dict.fromkeys(_QUERIES[name].params))
    above = [operator for operator, _ in explained.steps]
    seek = next(
        number
        for number, (_, detail) in enumerate(explained.steps)
        if "content_hash" in detail and "Index" in above[number]
    )
    # The steps come from the answer down to the index: nothing between the two may sort what was read.
    assert not {"Sort", "Top"} & set(above[seek - 4 : seek])
