// What a writer of this memory has to lock, whatever the memory's status.
// access: read
// params: tenant_id, memory_id
// returns: lock_id
// It changes when the memory is shared or made private, so it is asked again once the lock is held.
CYPHER 25
MATCH (memory:Memory {tenant_id: $tenant_id, id: $memory_id})
USING INDEX memory:Memory(tenant_id, id)
MATCH (memory)-[:IN]->(scope:Scope)
RETURN coalesce(scope.lock_id, scope.id) AS lock_id
