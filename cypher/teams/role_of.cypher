// The role of an explicit member.
// access: read
// params: tenant_id, team_id, user_id
// returns: role
CYPHER 25
MATCH (user:User {tenant_id: $tenant_id, id: $user_id})
USING INDEX user:User(tenant_id, id)
MATCH (team:Team {tenant_id: $tenant_id, id: $team_id})
USING INDEX team:Team(tenant_id, id)
MATCH (user)-[member:MEMBER_OF]->(team)
RETURN member.role AS role
