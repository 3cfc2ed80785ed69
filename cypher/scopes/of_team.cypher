// The scopes of all authors of a team in one namespace.
// access: read
// params: tenant_id, team_id, namespace
// returns: scope_ids
CYPHER 25
MATCH (scope:Scope)
USING INDEX scope:Scope(tenant_id, team_id, namespace)
WHERE scope.tenant_id = $tenant_id AND scope.team_id = $team_id AND scope.namespace = $namespace
WITH scope ORDER BY scope.id
RETURN collect(scope.id) AS scope_ids
