// Changes what is named of an agent; a null takes the value away.
// access: write
// params: tenant_id, agent_id, changes
// returns: id, tenant_id, name, owner_id, description, model, system_prompt, created_at, updated_at
CYPHER 25
MATCH (agent:Agent {tenant_id: $tenant_id, id: $agent_id})
USING INDEX agent:Agent(tenant_id, id)
SET agent += $changes
RETURN
  agent.id AS id, agent.tenant_id AS tenant_id, agent.name AS name, agent.owner_id AS owner_id,
  agent.description AS description, agent.model AS model, agent.system_prompt AS system_prompt,
  toString(agent.created_at) AS created_at, toString(agent.updated_at) AS updated_at
