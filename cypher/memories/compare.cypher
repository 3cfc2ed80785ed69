// For many candidates at once: the memories of their scope with the same words, and the nearest by vector.
// access: read
// params: tenant_id, candidates, beam, limit
// returns: candidate_id, index_score, id, tenant_id, scope_id, user_id, namespace, agent_id, team_id,
//   visibility, text, caption, content_hash, importance, source, metadata, status, version, valid_from,
//   valid_to, refreshed_at, recorded_at, retired_at
// A memory found both ways comes twice. The index is asked for `beam` hits and cut to `limit`: asked for no
// more than it returns, it is too often wrong. What a repeated transaction wrote before is not compared
// with itself.
CYPHER 25
UNWIND $candidates AS candidate
CALL (candidate) {
  MATCH (memory:Memory)
  USING INDEX memory:Memory(scope_id, content_hash)
  WHERE memory.scope_id = candidate.scope_id
    AND memory.content_hash = candidate.content_hash
    AND memory.status = 'active'
  RETURN memory, 1.0 AS index_score
  UNION ALL
  MATCH (hit:Memory|Passage)
  SEARCH hit IN (
    VECTOR INDEX memory_embedding FOR candidate.vector
    WHERE hit.scope_id = candidate.scope_id AND hit.status = 'active'
    LIMIT $beam
  ) SCORE AS index_score
  WITH hit, index_score ORDER BY index_score DESC, hit.id LIMIT $limit
  MATCH (hit)-[:PART_OF*0..1]->(memory:Memory)
  RETURN memory, index_score
}
WITH candidate.id AS candidate_id, memory, index_score
WHERE memory.tenant_id = $tenant_id AND memory.id <> candidate_id
RETURN
  candidate_id, index_score,
  memory.id AS id, memory.tenant_id AS tenant_id, memory.scope_id AS scope_id,
  memory.user_id AS user_id, memory.namespace AS namespace,
  memory.agent_id AS agent_id, memory.team_id AS team_id, memory.visibility AS visibility,
  memory.text AS text, memory.caption AS caption, memory.content_hash AS content_hash,
  memory.importance AS importance, memory.source AS source, memory.metadata AS metadata,
  memory.status AS status, memory.version AS version,
  toString(memory.valid_from) AS valid_from, toString(memory.valid_to) AS valid_to,
  toString(memory.refreshed_at) AS refreshed_at,
  toString(memory.recorded_at) AS recorded_at, toString(memory.retired_at) AS retired_at
ORDER BY candidate_id, index_score DESC, id
