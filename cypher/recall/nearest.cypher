// The memories of some scopes nearest to a vector, by themselves or by a passage.
// access: read
// params: tenant_id, scope_ids, statuses, vector, beam, hits
// returns: memory_ids, looked_at
// The index is asked for `beam` hits and cut to `hits`: asked for no more than it returns, it misses one in ten.
// Several hits may be passages of one memory; `looked_at` below `hits` says that there are no more.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (hit:Memory|Passage)
SEARCH hit IN (
    VECTOR INDEX memory_embedding FOR $vector
    WHERE hit.scope_id IN $scope_ids AND hit.status IN $statuses
    LIMIT $beam
) SCORE AS index_score
WITH hit, index_score ORDER BY index_score DESC, hit.id LIMIT $hits
MATCH (hit)-[:PART_OF*0..1]->(memory:Memory)
WHERE memory.tenant_id = $tenant_id
WITH memory.id AS memory_id, max(index_score) AS index_score, count(*) AS looked_at
ORDER BY index_score DESC, memory_id
RETURN collect(memory_id) AS memory_ids, sum(looked_at) AS looked_at
