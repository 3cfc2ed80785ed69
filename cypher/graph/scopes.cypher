// The scopes that some memories lie in, whatever their status.
// access: read
// params: tenant_id, memory_ids
// returns: scope_ids
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.tenant_id = $tenant_id AND memory.id IN $memory_ids
RETURN collect(DISTINCT memory.scope_id) AS scope_ids
