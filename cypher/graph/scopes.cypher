// What a writer of some memories has to lock, whatever their status, and which of them are active now.
// access: read
// params: tenant_id, memory_ids
// returns: lock_ids, active_ids
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.tenant_id = $tenant_id AND memory.id IN $memory_ids
MATCH (memory)-[:IN]->(scope:Scope)
RETURN
  collect(DISTINCT coalesce(scope.lock_id, scope.id)) AS lock_ids,
  collect(CASE memory.status WHEN 'active' THEN memory.id END) AS active_ids
