// Moves all named things of some scopes into others, where the memories that mention them lie by now.
// access: write
// params: tenant_id, moves
// returns: none
// What has the same key there becomes one with it. Whoever runs this holds the locks of all these scopes.
CYPHER 25
UNWIND $moves AS move
MATCH (old:Entity)
USING INDEX old:Entity(scope_id, key)
WHERE old.scope_id = move.from_id AND old.key >= '' AND old.tenant_id = $tenant_id
MERGE (new:Entity {scope_id: move.to_id, key: old.key})
ON CREATE SET
  new.tenant_id = $tenant_id,
  new.name = old.name
WITH old, new
CALL (old, new) {
  MATCH (memory:Memory)-[mention:MENTIONS]->(old)
  WHERE memory.scope_id = new.scope_id
  CREATE (memory)-[:MENTIONS {role: mention.role}]->(new)
}
DETACH DELETE old
