// The active memories of some scopes that were refreshed last.
// access: read
// params: tenant_id, scope_ids, limit
// returns: id, tenant_id, scope_id, user_id, namespace, agent_id, team_id, visibility, text, caption,
//   content_hash, importance, source, metadata, status, version, valid_from, valid_to, refreshed_at,
//   recorded_at, retired_at
// Ordered by all the keys of memory_by_refresh, the index hands out the last refreshed and reads no more.
// It holds no memory without a time, so the comparison with the first of all times leaves nothing out.
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
RETURN
  memory.id AS id, memory.tenant_id AS tenant_id, memory.scope_id AS scope_id,
  memory.user_id AS user_id, memory.namespace AS namespace,
  memory.agent_id AS agent_id, memory.team_id AS team_id, memory.visibility AS visibility,
  memory.text AS text, memory.caption AS caption, memory.content_hash AS content_hash,
  memory.importance AS importance, memory.source AS source, memory.metadata AS metadata,
  memory.status AS status, memory.version AS version,
  toString(memory.valid_from) AS valid_from, toString(memory.valid_to) AS valid_to,
  toString(memory.refreshed_at) AS refreshed_at,
  toString(memory.recorded_at) AS recorded_at, toString(memory.retired_at) AS retired_at
ORDER BY memory.refreshed_at DESC, memory.id
LIMIT $limit
