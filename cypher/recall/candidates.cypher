// What ranking needs to know of some memories: all of each, its best cosine, and the texts of its passages.
// access: read
// params: tenant_id, scope_ids, statuses, memory_ids, vector, passages
// returns: found
// The nearest `passages` of a memory, or its first where `vector` is null; passages have the status of the
// memory that they are part of. Without a vector `index_score` is that of a cosine of 0.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.tenant_id = $tenant_id
  AND memory.id IN $memory_ids
  AND memory.scope_id IN $scope_ids
  AND memory.status IN $statuses
CALL (memory) {
  MATCH (passage:Passage)-[:PART_OF]->(memory)
  WITH passage,
    CASE WHEN $vector IS NULL THEN 0.5 ELSE vector.similarity.cosine(passage.embedding, $vector) END AS score
  ORDER BY score DESC, passage.id
  LIMIT $passages
  RETURN collect(passage.text) AS texts, max(score) AS best
}
WITH memory, texts, best,
  CASE WHEN $vector IS NULL THEN 0.5 ELSE vector.similarity.cosine(memory.embedding, $vector) END AS own
RETURN collect(
  memory {
    .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .space_id, .visibility,
    .text, .caption, .title, .speaker, .conversation_id, .turn,
    .content_hash, .importance, .source, .metadata, .status, .version,
    valid_from: toString(memory.valid_from), valid_to: toString(memory.valid_to),
    refreshed_at: toString(memory.refreshed_at),
    recorded_at: toString(memory.recorded_at), retired_at: toString(memory.retired_at),
    passages: texts, index_score: CASE WHEN best > own THEN best ELSE own END
  }
) AS found
