// The scopes in which a user shares memories with teams.
// access: read
// params: tenant_id, user_id, namespace
// returns: scope_ids
CYPHER 25
MATCH (scope:Scope)
USING INDEX scope:Scope(tenant_id, user_id, kind, namespace)
WHERE scope.tenant_id = $tenant_id
  AND scope.user_id = $user_id
  AND scope.kind = 'team'
  AND scope.namespace = $namespace
WITH scope ORDER BY scope.id
RETURN collect(scope.id) AS scope_ids
