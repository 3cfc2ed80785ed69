// The hits nearest to a vector among the active memories of some scopes.
// access: read
// params: tenant_id, scope_ids, refreshed_from, vector, beam, limit
// returns: index_score, id, tenant_id, scope_id, user_id, namespace, agent_id, team_id, visibility, text,
//   caption, content_hash, importance, source, metadata, status, version, valid_from, valid_to, refreshed_at,
//   recorded_at, retired_at
// A memory with passages may come more than once. The index is asked for `beam` hits and cut to `limit`:
// asked for no more than it returns, it misses one in ten; a scope no larger than the beam comes out exact.
// `refreshed_from` lies before all memories where it does not matter.
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
RETURN
  index_score,
  memory.id AS id, memory.tenant_id AS tenant_id, memory.scope_id AS scope_id,
  memory.user_id AS user_id, memory.namespace AS namespace,
  memory.agent_id AS agent_id, memory.team_id AS team_id, memory.visibility AS visibility,
  memory.text AS text, memory.caption AS caption, memory.content_hash AS content_hash,
  memory.importance AS importance, memory.source AS source, memory.metadata AS metadata,
  memory.status AS status, memory.version AS version,
  toString(memory.valid_from) AS valid_from, toString(memory.valid_to) AS valid_to,
  toString(memory.refreshed_at) AS refreshed_at,
  toString(memory.recorded_at) AS recorded_at, toString(memory.retired_at) AS retired_at
ORDER BY index_score DESC, id
