// Removes the scopes of a team, which are empty by then.
// access: write
// params: tenant_id, scope_ids
// returns: none
CYPHER 25
UNWIND $scope_ids AS scope_id
MATCH (scope:Scope {id: scope_id})
WHERE scope.tenant_id = $tenant_id
DETACH DELETE scope
