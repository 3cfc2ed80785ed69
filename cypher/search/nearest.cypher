// The hits nearest to a vector among the active memories of some scopes.
// access: read
// params: tenant_id, scope_ids, refreshed_from, vector, beam, limit
// returns: found
// A memory with passages may come more than once. The index is asked for `beam` hits and cut to `limit`:
// asked for no more than it returns, it misses one in ten; a scope no larger than the beam comes out exact.
// `refreshed_from` lies before all memories where it does not matter.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (hit:Memory|Passage)
SEARCH hit IN (
    VECTOR INDEX memory_embedding FOR $vector
    WHERE hit.scope_id IN $scope_ids
      AND hit.status = 'active'
      AND hit.refreshed_at >= $refreshed_from
    LIMIT $beam
) SCORE AS index_score
WITH hit, index_score ORDER BY index_score DESC, hit.id LIMIT $limit
MATCH (hit)-[:PART_OF*0..1]->(memory:Memory)
WHERE memory.tenant_id = $tenant_id
WITH memory, index_score
ORDER BY index_score DESC, memory.id
RETURN collect(
  memory {
    .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .space_id, .visibility,
    .text, .caption, .title, .speaker, .conversation_id, .turn,
    .content_hash, .importance, .source, .metadata, .status, .version,
    valid_from: toString(memory.valid_from), valid_to: toString(memory.valid_to),
    refreshed_at: toString(memory.refreshed_at),
    recorded_at: toString(memory.recorded_at), retired_at: toString(memory.retired_at),
    index_score: index_score
  }
) AS found
