// Writes a new agent.
// access: write
// params: tenant_id, id, name, slug, owner_id, description, model, system_prompt, created_at, updated_at
// returns: none
CYPHER 25
MERGE (agent:Agent {tenant_id: $tenant_id, id: $id})
ON CREATE SET
  agent.name = $name,
  agent.slug = $slug,
  agent.owner_id = $owner_id,
  agent.description = $description,
  agent.model = $model,
  agent.system_prompt = $system_prompt,
  agent.created_at = $created_at,
  agent.updated_at = $updated_at
WITH agent
MATCH (tenant:Tenant {id: $tenant_id})
MERGE (agent)-[:OF]->(tenant)
