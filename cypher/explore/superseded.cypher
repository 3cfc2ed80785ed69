// What superseded what, the latest changes first.
// access: read
// params: tenant
// returns: path
// :param tenant => 'Default'
// The relationship holds the reason and the time.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH path = (old:Memory)-[:SUPERSEDED_BY]->(:Memory)
WHERE old.tenant_id = tenant.id AND old.status = 'superseded'
RETURN path
ORDER BY old.retired_at DESC, old.id
LIMIT 50
