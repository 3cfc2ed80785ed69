// Writes the scopes that are missing and joins them to their tenant and to those they belong to.
// access: write
// params: tenant_id, scopes
// returns: kind
// The other nodes are only touched by the first memory of a scope, so writers do not meet there. A row for
// each scope whose agent, team or space is gone: nothing may be stored there.
CYPHER 25
UNWIND $scopes AS row
MERGE (scope:Scope {id: row.id})
ON CREATE SET
  scope.tenant_id = $tenant_id,
  scope.lock_id = row.lock_id,
  scope.kind = row.kind,
  scope.user_id = row.user_id,
  scope.namespace = row.namespace,
  scope.agent_id = row.agent_id,
  scope.team_id = row.team_id,
  scope.space_id = row.space_id,
  scope.caption = row.caption
WITH scope
WHERE scope.tenant_id = $tenant_id
CALL (scope) {
  WITH scope WHERE NOT EXISTS { (scope)-[:OF]->(:Tenant) }
  MATCH (tenant:Tenant {id: $tenant_id})
  MERGE (scope)-[:OF]->(tenant)
}
CALL (scope) {
  WITH scope WHERE scope.user_id IS NOT NULL AND NOT EXISTS { (scope)-[:OF_USER]->(:User) }
  MERGE (user:User {tenant_id: $tenant_id, id: scope.user_id})
  MERGE (scope)-[:OF_USER]->(user)
}
CALL (scope) {
  WITH scope WHERE scope.agent_id IS NOT NULL AND NOT EXISTS { (scope)-[:OF_AGENT]->(:Agent) }
  MATCH (agent:Agent {tenant_id: $tenant_id, id: scope.agent_id})
  MERGE (scope)-[:OF_AGENT]->(agent)
}
CALL (scope) {
  WITH scope WHERE scope.team_id IS NOT NULL AND NOT EXISTS { (scope)-[:OF_TEAM]->(:Team) }
  MATCH (team:Team {tenant_id: $tenant_id, id: scope.team_id})
  MERGE (scope)-[:OF_TEAM]->(team)
}
CALL (scope) {
  WITH scope WHERE scope.space_id IS NOT NULL AND NOT EXISTS { (scope)-[:OF_SPACE]->(:Space) }
  MATCH (space:Space {tenant_id: $tenant_id, id: scope.space_id})
  MERGE (scope)-[:OF_SPACE]->(space)
}
WITH scope
WHERE (scope.agent_id IS NOT NULL AND NOT EXISTS { (scope)-[:OF_AGENT]->(:Agent) })
  OR (scope.team_id IS NOT NULL AND NOT EXISTS { (scope)-[:OF_TEAM]->(:Team) })
  OR (scope.space_id IS NOT NULL AND NOT EXISTS { (scope)-[:OF_SPACE]->(:Space) })
RETURN scope.kind AS kind
ORDER BY kind
