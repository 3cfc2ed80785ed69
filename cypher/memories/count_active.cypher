// How many active memories a tenant has.
// access: read
// params: tenant_id
// returns: active
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, status)
WHERE memory.tenant_id = $tenant_id AND memory.status = 'active'
RETURN count(*) AS active
