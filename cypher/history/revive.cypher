// Makes deleted memories history again.
// access: write
// params: tenant_id, memory_ids
// returns: none
// Whoever runs this holds the locks of their scopes.
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.tenant_id = $tenant_id AND memory.id IN $memory_ids
SET
  memory.status = 'superseded',
  memory.version = memory.version + 1
WITH memory
MATCH (passage:Passage)-[:PART_OF]->(memory)
SET passage.status = 'superseded'
