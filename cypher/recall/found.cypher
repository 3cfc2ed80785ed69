// The memories nearest to a vector, and some others: all of each, its best cosine, the texts of its passages.
// access: read
// params: tenant_id, scope_ids, statuses, memory_ids, vector, beam, hits, limit, passages
// returns: found, nearest_ids, looked_at, columns
// The index is asked for `beam` hits and cut to `hits`: asked for no more than it returns, it misses one in ten.
// They are cut by score alone, since reading the ids of all takes as long as finding them.
// Several hits may be passages of one memory; `looked_at` below `hits` says that there are no more. With 0 `hits` the
// index is not asked.
// Of a memory the nearest `passages` are told, or its first where `vector` is null; they have the status of the
// memory that they are part of. Without a vector `index_score` is that of a cosine of 0.
// One row with lists, and the names of the columns once: the driver takes longer to receive a row, or a name, than
// Neo4j to find it.
CYPHER 25
CALL () {
  UNWIND CASE WHEN $hits > 0 THEN [1] ELSE [] END AS once
  MATCH (hit:Memory|Passage)
  SEARCH hit IN (
      VECTOR INDEX memory_embedding FOR $vector
      WHERE hit.scope_id IN $scope_ids AND hit.status IN $statuses
      LIMIT $beam
  ) SCORE AS index_score
  WITH hit, index_score ORDER BY index_score DESC LIMIT $hits
  MATCH (hit)-[:PART_OF*0..1]->(memory:Memory)
  WHERE memory.tenant_id = $tenant_id
  WITH memory, max(index_score) AS index_score, count(*) AS looked_at
  ORDER BY index_score DESC, memory.id
  RETURN collect(memory)[..$limit] AS nearest, sum(looked_at) AS looked_at
}
CALL () {
  MATCH (memory:Memory)
  USING INDEX memory:Memory(tenant_id, id)
  WHERE memory.tenant_id = $tenant_id
    AND memory.id IN $memory_ids
    AND memory.scope_id IN $scope_ids
    AND memory.status IN $statuses
  RETURN collect(memory) AS named
}
WITH nearest, looked_at, [memory IN nearest | memory.id] AS nearest_ids, named
CALL (nearest, named) {
  UNWIND nearest + named AS memory
  WITH DISTINCT memory
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
  RETURN collect([
    memory.id, memory.tenant_id, memory.scope_id, memory.user_id, memory.namespace, memory.agent_id,
    memory.team_id, memory.space_id, memory.visibility, memory.text, memory.caption, memory.title,
    memory.speaker, memory.conversation_id, memory.turn, memory.content_hash, memory.importance,
    memory.source, memory.metadata, memory.status, memory.version, toString(memory.valid_from),
    toString(memory.valid_to), toString(memory.refreshed_at), toString(memory.recorded_at),
    toString(memory.retired_at), texts, CASE WHEN best > own THEN best ELSE own END
  ]) AS found
}
RETURN found, nearest_ids, looked_at,
  [
    'id', 'tenant_id', 'scope_id', 'user_id', 'namespace', 'agent_id', 'team_id', 'space_id', 'visibility',
    'text', 'caption', 'title', 'speaker', 'conversation_id', 'turn', 'content_hash', 'importance',
    'source', 'metadata', 'status', 'version', 'valid_from', 'valid_to', 'refreshed_at', 'recorded_at',
    'retired_at', 'passages', 'index_score'
  ] AS columns
