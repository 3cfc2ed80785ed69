// What a team shares, author by author.
// access: read
// params: tenant, team
// returns: path, author
// :param tenant => 'Default'
// :param team => 'backend'
// The team is found by its slug, its name or its id. Each author has a scope of their own in the team.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (team:Team)-[:OF]->(tenant)
WHERE $team IN [team.slug, team.name, team.id]
MATCH path = (team)<-[:OF_TEAM]-(scope:Scope)<-[:IN]-(memory:Memory)
WHERE memory.status = 'active'
WITH scope, path, memory
ORDER BY memory.valid_from DESC, memory.id
LIMIT 100
MATCH author = (scope)-[:OF_USER]->(:User)
RETURN path, author
