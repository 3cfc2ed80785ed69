// Writes what a repeated fact changes: when it was last refreshed, its metadata, its version.
// access: write
// params: tenant_id, memories
// returns: none
// Passages carry the time too, since the vector index filters by it.
CYPHER 25
UNWIND $memories AS row
MATCH (memory:Memory {tenant_id: $tenant_id, id: row.id})
USING INDEX memory:Memory(tenant_id, id)
SET
  memory.refreshed_at = row.refreshed_at,
  memory.metadata = row.metadata,
  memory.version = row.version
WITH memory
MATCH (passage:Passage)-[:PART_OF]->(memory)
SET passage.refreshed_at = memory.refreshed_at
