// Those of some memories that lie nearest to a vector, by themselves or by a passage.
// access: read
// params: tenant_id, scope_ids, statuses, memory_ids, vector, limit
// returns: memory_ids
// No index is asked: each vector is compared, so the order is exact.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.tenant_id = $tenant_id
  AND memory.id IN $memory_ids
  AND memory.scope_id IN $scope_ids
  AND memory.status IN $statuses
MATCH (hit:Memory|Passage)-[:PART_OF*0..1]->(memory)
WITH memory.id AS memory_id, max(vector.similarity.cosine(hit.embedding, $vector)) AS index_score
ORDER BY index_score DESC, memory_id
LIMIT $limit
RETURN collect(memory_id) AS memory_ids
