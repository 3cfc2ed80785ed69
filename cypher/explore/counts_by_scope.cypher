// How many memories lie in each scope, by status, and when the last one came.
// access: read
// params: tenant
// returns: kind, user_id, namespace, belongs_to, active, superseded, deleted, last_stored
// :param tenant => 'Default'
// `belongs_to` is the agent, the team or the space that the scope is of.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (scope:Scope)-[:OF]->(tenant)
OPTIONAL MATCH (scope)<-[:IN]-(memory:Memory)
WITH
  scope,
  count(CASE memory.status WHEN 'active' THEN 1 END) AS active,
  count(CASE memory.status WHEN 'superseded' THEN 1 END) AS superseded,
  count(CASE memory.status WHEN 'deleted' THEN 1 END) AS deleted,
  max(memory.recorded_at) AS last_stored
OPTIONAL MATCH (scope)-[:OF_AGENT|OF_TEAM|OF_SPACE]->(owner)
RETURN
  scope.kind AS kind, scope.user_id AS user_id, scope.namespace AS namespace, owner.name AS belongs_to,
  active, superseded, deleted, last_stored
ORDER BY active DESC, scope.id
LIMIT 200
