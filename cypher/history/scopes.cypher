// What a writer of a memory and of all that took its place or gave way to it has to lock.
// access: read
// params: tenant_id, memory_id
// returns: lock_ids
// They can be several: a memory that was shared with a team left its history where it was.
CYPHER 25
MATCH (asked:Memory {tenant_id: $tenant_id, id: $memory_id})
USING INDEX asked:Memory(tenant_id, id)
MATCH (asked)-[:SUPERSEDED_BY]->*(latest:Memory)
WHERE NOT EXISTS { (latest)-[:SUPERSEDED_BY]->() }
MATCH (memory:Memory)-[:SUPERSEDED_BY]->*(latest)
MATCH (memory)-[:IN]->(scope:Scope)
RETURN collect(DISTINCT coalesce(scope.lock_id, scope.id)) AS lock_ids
