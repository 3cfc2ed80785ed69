// Moves an active memory into another scope that is there, with its passages.
// access: write
// params: tenant_id, memory_id, scope_id, visibility, team_id
// returns: none
// What it took the place of stays: it was seen there then.
CYPHER 25
MATCH (memory:Memory {tenant_id: $tenant_id, id: $memory_id})
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.status = 'active'
MATCH (scope:Scope {id: $scope_id})
WHERE scope.tenant_id = $tenant_id
MATCH (memory)-[lying:IN]->(:Scope)
DELETE lying
MERGE (memory)-[:IN]->(scope)
SET
  memory.scope_id = scope.id,
  memory.visibility = $visibility,
  memory.team_id = $team_id
WITH memory
MATCH (passage:Passage)-[:PART_OF]->(memory)
SET passage.scope_id = memory.scope_id
