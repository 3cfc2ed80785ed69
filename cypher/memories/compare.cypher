// For many candidates: the memories beside them that say the same, lie nearest by vector, or share most words.
// access: read
// params: tenant_id, candidates, beam, limit, word_limit
// returns: found
// Beside a candidate lies its scope; beside one shared with a team, what all its authors share in the namespace.
// The words and scopes are plain terms, so nothing in them is taken for syntax, and few enough for one query; the
// fact that a new one contradicts is often not among the nearest. What was told as past is known again as history.
// Turns of conversations are no facts, and are left out before the limits.
// A memory found both ways comes twice. The index is asked for `beam` hits and cut to `limit`: asked for no more
// than it returns, it is too often wrong. What a repeated transaction wrote before is not compared with itself.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
UNWIND $candidates AS candidate
WITH candidate, CASE
  WHEN candidate.team_id IS NULL THEN [candidate.scope_id]
  ELSE [candidate.scope_id] + COLLECT {
    MATCH (scope:Scope)
    WHERE scope.tenant_id = $tenant_id
      AND scope.team_id = candidate.team_id
      AND scope.namespace = candidate.namespace
    RETURN scope.id
  }
END AS scope_ids
CALL (candidate, scope_ids) {
  MATCH (memory:Memory)
  USING INDEX memory:Memory(scope_id, content_hash)
  WHERE memory.scope_id IN scope_ids
    AND memory.content_hash = candidate.content_hash
    AND memory.conversation_id IS NULL
    AND (
      memory.status = 'active'
      OR (memory.status = 'superseded' AND memory.valid_from = candidate.held_before)
    )
  RETURN memory, 1.0 AS index_score
  UNION ALL
  MATCH (hit:Memory|Passage)
  SEARCH hit IN (
    VECTOR INDEX memory_embedding FOR candidate.vector
    WHERE hit.scope_id IN scope_ids AND hit.status = 'active'
    LIMIT $beam
  ) SCORE AS index_score
  WITH hit, index_score
  WHERE hit.conversation_id IS NULL
  WITH hit, index_score ORDER BY index_score DESC, hit.id LIMIT $limit
  MATCH (hit)-[:PART_OF*0..1]->(memory:Memory)
  RETURN memory, index_score
  UNION ALL
  CALL db.index.fulltext.queryNodes(
    'memory_words',
    '+scope_id:(' + reduce(ids = '', scope_id IN scope_ids[..500] | ids + ' ' + scope_id) + ')^0'
      + ' +(scope_id:0 text:(' + candidate.words + '))',
    {limit: 5 * $limit}
  ) YIELD node AS hit, score
  WITH hit, score
  WHERE hit.status = 'active' AND hit.scope_id IN scope_ids AND hit.conversation_id IS NULL
  WITH hit ORDER BY score DESC, hit.id LIMIT $word_limit
  MATCH (hit)-[:PART_OF*0..1]->(memory:Memory)
  RETURN memory, vector.similarity.cosine(hit.embedding, candidate.vector) AS index_score
}
WITH candidate.id AS candidate_id, memory, index_score
WHERE memory.tenant_id = $tenant_id AND memory.id <> candidate_id
WITH candidate_id, memory, index_score
ORDER BY candidate_id, index_score DESC, memory.id
RETURN collect(
  memory {
    .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .space_id, .visibility,
    .text, .caption, .title, .speaker, .conversation_id, .turn,
    .content_hash, .importance, .source, .metadata, .status, .version,
    valid_from: toString(memory.valid_from), valid_to: toString(memory.valid_to),
    refreshed_at: toString(memory.refreshed_at),
    recorded_at: toString(memory.recorded_at), retired_at: toString(memory.retired_at),
    candidate_id: candidate_id, index_score: index_score
  }
) AS found
