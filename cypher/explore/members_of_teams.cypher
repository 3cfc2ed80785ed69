// Who belongs to which team with what role, and who is invited.
// access: read
// params: tenant
// returns: path
// :param tenant => 'Default'
// The role is a property of the relationship. Agents that belong to every team by themselves are not drawn.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH path = (team:Team)<-[:MEMBER_OF|TO]-(one:User|Invitation)
WHERE team.tenant_id = tenant.id AND one.accepted_at IS NULL
RETURN path
ORDER BY team.slug, one.id
LIMIT 200
