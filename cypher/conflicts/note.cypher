// Notes that memories may contradict each other, once for each pair.
// access: write
// params: tenant_id, pairs
// returns: none
CYPHER 25
UNWIND $pairs AS pair
MATCH (old:Memory {tenant_id: $tenant_id, id: pair.old_id})
USING INDEX old:Memory(tenant_id, id)
MATCH (new:Memory {tenant_id: $tenant_id, id: pair.new_id})
USING INDEX new:Memory(tenant_id, id)
MERGE (new)-[conflict:CONFLICTS_WITH]->(old)
ON CREATE SET
  conflict.id = pair.id,
  conflict.tenant_id = $tenant_id,
  conflict.reason = pair.reason,
  conflict.at = pair.at,
  conflict.status = 'open'
