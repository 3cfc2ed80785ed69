// The scopes of all authors of a team.
// access: read
// params: tenant_id, team_id
// returns: id, lock_id, user_id, namespace
// Every scope has a namespace; saying so lets the index hand out those of one team.
CYPHER 25
MATCH (scope:Scope)
USING INDEX scope:Scope(tenant_id, team_id, namespace)
WHERE scope.tenant_id = $tenant_id AND scope.team_id = $team_id AND scope.namespace IS NOT NULL
RETURN scope.id AS id, scope.lock_id AS lock_id, scope.user_id AS user_id, scope.namespace AS namespace
ORDER BY id
