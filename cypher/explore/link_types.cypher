// The types of links in use: how many there are of each, how strong, and in which words.
// access: read
// params: tenant
// returns: type, links, mean_weight, words
// :param tenant => 'Default'
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (memory:Memory)-[link]->(other:Memory)
WHERE memory.tenant_id = tenant.id
  AND memory.status = 'active'
  AND other.status = 'active'
  AND link.relationship_type IS NOT NULL
WITH type(link) AS type, link.weight AS weight, link.relationship_type AS word
ORDER BY type, word
RETURN
  type, count(*) AS links, round(avg(weight), 3) AS mean_weight, collect(DISTINCT word) AS words
ORDER BY links DESC, type
