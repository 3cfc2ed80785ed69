// Makes a memory active again, as if nothing had taken its place.
// access: write
// params: tenant_id, memory_id, forever
// returns: none
// What it took the place of stays its history. Whoever runs this holds the scope's lock.
CYPHER 25
MATCH (memory:Memory {tenant_id: $tenant_id, id: $memory_id})
USING INDEX memory:Memory(tenant_id, id)
SET
  memory.status = 'active',
  memory.valid_to = $forever,
  memory.retired_at = $forever,
  memory.version = memory.version + 1
WITH memory
CALL (memory) {
  MATCH (memory)-[superseded:SUPERSEDED_BY]->(:Memory)
  DELETE superseded
}
CALL (memory) {
  MATCH (passage:Passage)-[:PART_OF]->(memory)
  SET passage.status = 'active'
}
