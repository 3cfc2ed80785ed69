// One page of the active memories of some scopes, newest first, in order of arrival where that is equal.
// access: read
// params: tenant_id, scope_ids, visibility, source, offset, limit
// returns: found
// `visibility` and `source` are null where they do not matter. Ordered by all the keys of memory_by_age, the
// index hands out the newest and reads no more.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
UNWIND $scope_ids AS scope_id
CALL (scope_id) {
  MATCH (memory:Memory)
  USING INDEX memory:Memory(scope_id, status, valid_from)
  WHERE memory.scope_id = scope_id
    AND memory.status = 'active'
    AND memory.valid_from >= datetime('0001-01-01T00:00:00Z')
    AND memory.tenant_id = $tenant_id
    AND ($visibility IS NULL OR memory.visibility = $visibility)
    AND ($source IS NULL OR memory.source = $source)
  RETURN memory
  ORDER BY
    memory.scope_id DESC, memory.status DESC, memory.valid_from DESC, memory.recorded_at DESC, memory.id DESC
  LIMIT $offset + $limit
}
WITH memory
ORDER BY memory.valid_from DESC, memory.recorded_at DESC, memory.id DESC
SKIP $offset LIMIT $limit
RETURN collect(
  memory {
    .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .space_id, .visibility,
    .text, .caption, .title, .speaker, .conversation_id, .turn,
    .content_hash, .importance, .source, .metadata, .status, .version,
    valid_from: toString(memory.valid_from), valid_to: toString(memory.valid_to),
    refreshed_at: toString(memory.refreshed_at),
    recorded_at: toString(memory.recorded_at), retired_at: toString(memory.retired_at)
  }
) AS found
