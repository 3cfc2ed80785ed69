// Writes the windows of turns, further texts under which they are found, in place of those they had.
// access: write
// params: tenant_id, windows
// returns: none
// What searches filter by is that of the turn. Whoever runs this holds the locks of their scopes.
CYPHER 25
UNWIND $windows AS row
MATCH (turn:Memory {tenant_id: $tenant_id, id: row.turn_id})
USING INDEX turn:Memory(tenant_id, id)
MERGE (window:Passage {tenant_id: $tenant_id, id: row.id})
SET
  window.kind = 'window',
  window.conversation_id = turn.conversation_id,
  window.text = row.text,
  window.caption = row.caption,
  window.scope_id = turn.scope_id,
  window.status = turn.status,
  window.refreshed_at = turn.refreshed_at,
  window.source = turn.source,
  window.embedding_model = turn.embedding_model
MERGE (window)-[:PART_OF]->(turn)
WITH window, row
CALL db.create.setNodeVectorProperty(window, 'embedding', row.vector)
