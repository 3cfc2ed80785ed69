// Removes an agent.
// access: write
// params: tenant_id, agent_id
// returns: deleted
// It waits for those who are just storing the agent's first memory of a user, and from then on nobody finds
// the agent to store for it.
CYPHER 25
MATCH (agent:Agent {tenant_id: $tenant_id, id: $agent_id})
USING INDEX agent:Agent(tenant_id, id)
DETACH DELETE agent
RETURN count(*) AS deleted
