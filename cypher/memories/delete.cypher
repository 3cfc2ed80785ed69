// Marks an active memory as deleted, with all that it took the place of.
// access: write
// params: tenant_id, memory_id, at
// returns: deleted
// Nothing is detached: the history stays readable in the graph and could be restored. What was retired
// before keeps its time.
CYPHER 25
MATCH (latest:Memory {tenant_id: $tenant_id, id: $memory_id})
USING INDEX latest:Memory(tenant_id, id)
WHERE latest.status = 'active'
MATCH (memory:Memory)-[:SUPERSEDED_BY]->*(latest)
WHERE memory.tenant_id = $tenant_id
WITH DISTINCT memory
SET
  memory.retired_at = CASE memory.status WHEN 'active' THEN $at ELSE memory.retired_at END,
  memory.status = 'deleted'
WITH collect(memory) AS memories
CALL (memories) {
  UNWIND memories AS memory
  MATCH (passage:Passage)-[:PART_OF]->(memory)
  SET passage.status = 'deleted'
}
RETURN size(memories) AS deleted
