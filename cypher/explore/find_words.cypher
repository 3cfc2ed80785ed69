// Memories that hold some of these words, the best first.
// access: read
// params: tenant, words
// returns: memory, score
// :param tenant => 'Default'
// :param words => 'oven flour'
// In Lucene's language: 'oven AND flour', 'bak*', '"second shop"'. The index holds the memories of all tenants
// and hands out its best thousand. A hit may be a passage, which stands for its memory, but not
// a turn's window, which holds what others said.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
CALL db.index.fulltext.queryNodes('memory_words', $words, {limit: 1000}) YIELD node, score
MATCH (node)-[:PART_OF]->{0,1}(memory:Memory)
WHERE memory.tenant_id = tenant.id
  AND memory.status = 'active'
  AND coalesce(node.kind, '') <> 'window'
RETURN memory, round(max(score), 3) AS score
ORDER BY score DESC, memory.id
LIMIT 50
