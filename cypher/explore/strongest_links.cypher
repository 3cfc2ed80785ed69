// The strongest links between memories.
// access: read
// params: tenant
// returns: path
// :param tenant => 'Default'
// Links that clients made have `relationship_type`, the client's own words. Loci's own relationships do not.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH path = (memory:Memory)-[link]->(other:Memory)
WHERE memory.tenant_id = tenant.id
  AND memory.status = 'active'
  AND other.status = 'active'
  AND link.relationship_type IS NOT NULL
RETURN path
ORDER BY link.weight DESC, link.id
LIMIT 50
