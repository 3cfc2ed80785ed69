// Orphans: memories that nothing links to any other.
// access: read
// params: tenant
// returns: path
// :param tenant => 'Default'
// The oldest first. A fact that superseded another counts as joined to it.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (memory:Memory)
WHERE memory.tenant_id = tenant.id
  AND memory.status = 'active'
  AND NOT EXISTS { (memory)--(:Memory) }
WITH memory ORDER BY memory.recorded_at, memory.id LIMIT 100
MATCH path = (memory)-[:IN]->(:Scope)
RETURN path
