// How near some memories lie to each other, each pair once, those that are at least so near.
// access: read
// params: tenant_id, memory_ids, least_score
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
WITH one.id AS one_id, other.id AS other_id, vector.similarity.cosine(one.vector, other.vector) AS index_score
WHERE index_score >= $least_score
RETURN collect({one_id: one_id, other_id: other_id, index_score: index_score}) AS pairs
