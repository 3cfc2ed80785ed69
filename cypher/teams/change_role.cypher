// Changes the role of a member.
// access: write
// params: tenant_id, team_id, user_id, role
// returns: id, team_id, user_id, role, email, invited_by, joined_at
CYPHER 25
MATCH (user:User {tenant_id: $tenant_id, id: $user_id})
USING INDEX user:User(tenant_id, id)
MATCH (team:Team {tenant_id: $tenant_id, id: $team_id})
USING INDEX team:Team(tenant_id, id)
MATCH (user)-[member:MEMBER_OF]->(team)
SET member.role = $role
RETURN
  member.id AS id, team.id AS team_id, user.id AS user_id, member.role AS role, member.email AS email,
  member.invited_by AS invited_by, toString(member.joined_at) AS joined_at
