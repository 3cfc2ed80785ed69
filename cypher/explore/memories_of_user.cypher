// What is remembered about one user: their own memories, and those that agents and teams hold of them.
// access: read
// params: tenant, user_id
// returns: path
// :param tenant => 'Default'
// :param user_id => 'ann'
// The newest hundred. Browser draws the links between them by itself, unless that is switched off there.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH path = (user:User)<-[:OF_USER]-(:Scope)<-[:IN]-(memory:Memory)
WHERE user.tenant_id = tenant.id AND user.id = $user_id AND memory.status = 'active'
RETURN path
ORDER BY memory.valid_from DESC, memory.id
LIMIT 100
