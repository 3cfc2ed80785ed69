// What a writer of an agent's memories has to lock.
// access: read
// params: tenant_id, agent_id
// returns: lock_ids
CYPHER 25
MATCH (scope:Scope)
USING INDEX scope:Scope(tenant_id, agent_id)
WHERE scope.tenant_id = $tenant_id AND scope.agent_id = $agent_id
RETURN collect(DISTINCT scope.lock_id) AS lock_ids
