// The memories nearest in meaning to one memory, among those of its scope.
// access: read
// params: tenant, memory_id
// returns: memory, near, cosine
// :param tenant => 'Default'
// :param memory_id => '00000000-0000-7000-8000-000000000000'
// Asked of the vector index, as every search is. A hit may be a passage, which stands for its memory.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (memory:Memory)
WHERE memory.tenant_id = tenant.id AND memory.id = $memory_id
MATCH (hit:Memory|Passage)
SEARCH hit IN (
  VECTOR INDEX memory_embedding FOR memory.embedding
  WHERE hit.scope_id = memory.scope_id AND hit.status = 'active'
  LIMIT 50
) SCORE AS index_score
MATCH (hit)-[:PART_OF]->{0,1}(near:Memory)
WHERE near <> memory
RETURN memory, near, round(2 * max(index_score) - 1, 4) AS cosine
ORDER BY cosine DESC, near.id
LIMIT 10
