// What was stored last, and where it lies.
// access: read
// params: tenant
// returns: path
// :param tenant => 'Default'
// By the time at which Loci learnt it, which may be long after the fact itself began.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (memory:Memory)
WHERE memory.tenant_id = tenant.id AND memory.status = 'active'
WITH memory ORDER BY memory.recorded_at DESC, memory.id DESC LIMIT 30
MATCH path = (memory)-[:IN]->(:Scope)
RETURN path
