// Whose memories there are: the scopes of a tenant with their users, agents, teams and spaces.
// access: read
// params: tenant
// returns: path
// :param tenant => 'Default'
// The memories stay out of the picture: double-click a scope to see what lies in it.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH path = (tenant)<-[:OF]-(scope:Scope)-[:OF_USER|OF_AGENT|OF_TEAM|OF_SPACE]->()
RETURN path
ORDER BY scope.id
LIMIT 200
