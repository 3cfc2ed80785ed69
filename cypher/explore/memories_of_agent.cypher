// What one agent knows, user by user.
// access: read
// params: tenant, agent
// returns: path, user
// :param tenant => 'Default'
// :param agent => 'CodeAssist'
// The agent is found by its name, its slug or its id. Its memories hang on scopes, one for each user.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (agent:Agent)-[:OF]->(tenant)
WHERE $agent IN [agent.name, agent.slug, agent.id]
MATCH path = (agent)<-[:OF_AGENT]-(scope:Scope)<-[:IN]-(memory:Memory)
WHERE memory.status = 'active'
WITH scope, path, memory
ORDER BY memory.valid_from DESC, memory.id
LIMIT 100
MATCH user = (scope)-[:OF_USER]->(:User)
RETURN path, user
