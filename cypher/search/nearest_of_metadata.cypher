// The memories nearest to a vector among those active ones of some scopes whose metadata holds these texts.
// access: read
// params: tenant_id, scope_ids, refreshed_from, source, texts, vector, limit
// returns: found
// A text that the metadata holds is needed for a match, but does not prove it: whoever asks looks again. No index
// knows metadata, so all memories of the scopes are looked at; what is left is compared exactly.
// `source` is null where it does not matter.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
UNWIND $scope_ids AS scope_id
MATCH (memory:Memory)
USING INDEX memory:Memory(scope_id, status, refreshed_at)
WHERE memory.scope_id = scope_id
  AND memory.status = 'active'
  AND memory.refreshed_at >= $refreshed_from
  AND memory.tenant_id = $tenant_id
  AND ($source IS NULL OR memory.source = $source)
  AND all(text IN $texts WHERE memory.metadata CONTAINS text)
MATCH (hit:Memory|Passage)-[:PART_OF*0..1]->(memory)
WITH memory, max(vector.similarity.cosine(hit.embedding, $vector)) AS index_score
ORDER BY index_score DESC, memory.id LIMIT $limit
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
