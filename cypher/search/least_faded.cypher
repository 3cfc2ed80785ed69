// The active memories of some scopes that were refreshed last.
// access: read
// params: tenant_id, scope_ids, limit
// returns: found
// Ordered by all the keys of memory_by_refresh, the index hands out the last refreshed and reads no more.
// It holds no memory without a time, so the comparison with the first of all times leaves nothing out.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
UNWIND $scope_ids AS scope_id
CALL (scope_id) {
  MATCH (memory:Memory)
  USING INDEX memory:Memory(scope_id, status, refreshed_at)
  WHERE memory.scope_id = scope_id
    AND memory.status = 'active'
    AND memory.refreshed_at >= datetime('0001-01-01T00:00:00Z')
    AND memory.tenant_id = $tenant_id
  RETURN memory
  ORDER BY memory.scope_id DESC, memory.status DESC, memory.refreshed_at DESC, memory.id
  LIMIT $limit
}
WITH memory
ORDER BY memory.refreshed_at DESC, memory.id
LIMIT $limit
RETURN collect(
  memory {
    .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .visibility, .text, .caption,
    .content_hash, .importance, .source, .metadata, .status, .version,
    valid_from: toString(memory.valid_from), valid_to: toString(memory.valid_to),
    refreshed_at: toString(memory.refreshed_at),
    recorded_at: toString(memory.recorded_at), retired_at: toString(memory.retired_at)
  }
) AS found
