// Moves all memories of some scopes into others that are there, with their passages; they become private.
// access: write
// params: tenant_id, moves
// returns: none
// History moves along with what took its place. Whoever runs this holds the locks of all these scopes.
CYPHER 25
UNWIND $moves AS move
MATCH (old:Scope {id: move.from_id})
MATCH (new:Scope {id: move.to_id})
WHERE old.tenant_id = $tenant_id AND new.tenant_id = $tenant_id
MATCH (memory:Memory)-[lying:IN]->(old)
DELETE lying
CREATE (memory)-[:IN]->(new)
SET
  memory.scope_id = new.id,
  memory.visibility = 'private',
  memory.team_id = null,
  memory.version = memory.version + 1
WITH memory
MATCH (passage:Passage)-[:PART_OF]->(memory)
SET passage.scope_id = memory.scope_id
