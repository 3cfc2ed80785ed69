// The agents of a tenant, or of one owner in it; newest first.
// access: read
// params: tenant_id, owner_id
// returns: id, tenant_id, name, owner_id, description, model, system_prompt, created_at, updated_at
// Every agent has an id; saying so lets the index hand out those of one tenant.
CYPHER 25
MATCH (agent:Agent)
USING INDEX agent:Agent(tenant_id, id)
WHERE agent.tenant_id = $tenant_id
  AND agent.id IS NOT NULL
  AND ($owner_id IS NULL OR agent.owner_id = $owner_id)
RETURN
  agent.id AS id, agent.tenant_id AS tenant_id, agent.name AS name, agent.owner_id AS owner_id,
  agent.description AS description, agent.model AS model, agent.system_prompt AS system_prompt,
  toString(agent.created_at) AS created_at, toString(agent.updated_at) AS updated_at
ORDER BY agent.created_at DESC, agent.id DESC
