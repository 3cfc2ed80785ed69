// One conversation, turn by turn.
// access: read
// params: tenant, conversation_id
// returns: turn, path
// :param tenant => 'Default'
// :param conversation_id => 'monday'
// The first two hundred turns. Two users may have conversations of one name: then both are drawn.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (turn:Memory)
WHERE turn.tenant_id = tenant.id
  AND turn.conversation_id = $conversation_id
  AND turn.status <> 'deleted'
OPTIONAL MATCH path = (turn)-[:NEXT]->(next:Memory WHERE next.status <> 'deleted')
RETURN turn, path
ORDER BY turn.scope_id, turn.turn, turn.id
LIMIT 200
