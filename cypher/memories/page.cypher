// One page of the active memories of some scopes, newest first, in order of arrival where that is equal.
// access: read
// params: tenant_id, scope_ids, visibility, source, offset, limit
// returns: id, tenant_id, scope_id, user_id, namespace, agent_id, team_id, visibility, text, caption,
//   content_hash, importance, source, metadata, status, version, valid_from, valid_to, refreshed_at,
//   recorded_at, retired_at
// `visibility` and `source` are null where they do not matter. Ordered by all the keys of memory_by_age, the
// index hands out the newest and reads no more.
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
ORDER BY memory.valid_from DESC, memory.recorded_at DESC, memory.id DESC
SKIP $offset LIMIT $limit
