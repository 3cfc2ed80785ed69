// Ends a membership.
// access: write
// params: tenant_id, team_id, user_id
// returns: ended
CYPHER 25
MATCH (user:User {tenant_id: $tenant_id, id: $user_id})
USING INDEX user:User(tenant_id, id)
MATCH (team:Team {tenant_id: $tenant_id, id: $team_id})
USING INDEX team:Team(tenant_id, id)
MATCH (user)-[member:MEMBER_OF]->(team)
DELETE member
RETURN count(*) AS ended
