// What a writer of a link's two ends has to lock.
// access: read
// params: tenant_id, locator, edge_id
// returns: lock_ids
// Relationships can be indexed by type only, and the types are the clients'. The id of a link begins like
// that of the memory it starts from, which the index of memories finds.
CYPHER 25
MATCH (start:Memory)
USING INDEX start:Memory(tenant_id, id)
WHERE start.tenant_id = $tenant_id AND start.id STARTS WITH $locator
MATCH (start)-[link]->()
WHERE link.id = $edge_id
UNWIND [start, endNode(link)] AS memory
MATCH (memory)-[:IN]->(scope:Scope)
RETURN collect(DISTINCT coalesce(scope.lock_id, scope.id)) AS lock_ids
