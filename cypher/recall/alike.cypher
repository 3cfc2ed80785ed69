// How near some memories lie to each other, each pair once.
// access: read
// params: tenant_id, memory_ids
// returns: pairs
// Of their own vectors, not of their passages'. A pair of n takes n - 1 comparisons: for a few dozen memories.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.tenant_id = $tenant_id AND memory.id IN $memory_ids
WITH memory
ORDER BY memory.id
WITH collect({id: memory.id, vector: memory.embedding}) AS compared
UNWIND range(0, size(compared) - 2) AS one
UNWIND range(one + 1, size(compared) - 1) AS other
WITH compared[one] AS one, compared[other] AS other
RETURN collect({
  one_id: one.id, other_id: other.id, index_score: vector.similarity.cosine(one.vector, other.vector)
}) AS pairs
