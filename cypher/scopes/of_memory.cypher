// The scope that a memory lies in, whatever the memory's status. It never changes.
// access: read
// params: tenant_id, memory_id
// returns: scope_id
CYPHER 25
MATCH (memory:Memory {tenant_id: $tenant_id, id: $memory_id})
USING INDEX memory:Memory(tenant_id, id)
RETURN memory.scope_id AS scope_id
