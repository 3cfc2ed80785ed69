// Writes the passages of new memories with their vectors.
// access: write
// params: tenant_id, passages
// returns: none
// What searches filter by is that of the memory, which lies in the same transaction.
CYPHER 25
UNWIND $passages AS row
MATCH (memory:Memory {tenant_id: $tenant_id, id: row.memory_id})
USING INDEX memory:Memory(tenant_id, id)
MERGE (passage:Passage {tenant_id: $tenant_id, id: row.id})
ON CREATE SET
  passage.position = row.position,
  passage.text = row.text,
  passage.caption = row.caption,
  passage.scope_id = memory.scope_id,
  passage.status = memory.status,
  passage.refreshed_at = memory.refreshed_at,
  passage.source = memory.source,
  passage.conversation_id = memory.conversation_id,
  passage.embedding_model = memory.embedding_model
MERGE (passage)-[:PART_OF]->(memory)
WITH passage, row
CALL db.create.setNodeVectorProperty(passage, 'embedding', row.vector)
