// Removes the windows that hold the text of an active turn for good: its own, and those of its neighbours.
// access: write
// params: tenant_id, memory_id
// returns: none
// Windows never reach into another scope. Whoever runs this holds the scope's lock.
CYPHER 25
MATCH (turn:Memory {tenant_id: $tenant_id, id: $memory_id})
USING INDEX turn:Memory(tenant_id, id)
WHERE turn.status = 'active'
MATCH (turn)-[:NEXT]-{0,1}(near:Memory)
WHERE near.scope_id = turn.scope_id
MATCH (window:Passage {kind: 'window'})-[:PART_OF]->(near)
DETACH DELETE window
