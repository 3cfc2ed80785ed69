// The five memories with the most links, each with its twenty strongest.
// access: read
// params: tenant
// returns: links, path
// :param tenant => 'Default'
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (memory:Memory)
WHERE memory.tenant_id = tenant.id AND memory.status = 'active'
WITH memory, COUNT {
  MATCH (memory)-[link]-(other:Memory)
  WHERE link.relationship_type IS NOT NULL AND other.status = 'active'
} AS links
WHERE links > 0
ORDER BY links DESC, memory.id
LIMIT 5
CALL (memory) {
  MATCH path = (memory)-[link]-(other:Memory)
  WHERE link.relationship_type IS NOT NULL AND other.status = 'active'
  RETURN path
  ORDER BY link.weight DESC, link.id
  LIMIT 20
}
RETURN links, path
