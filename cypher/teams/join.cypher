// Writes memberships of a team; those who are members already stay as they are.
// access: write
// params: tenant_id, team_id, members
// returns: id, team_id, user_id, role, email, invited_by, joined_at
// No row without the team; the id says whether a membership is new. Whoever runs this holds the lock of the
// team: a relationship cannot be kept unique by a constraint.
CYPHER 25
MATCH (team:Team {tenant_id: $tenant_id, id: $team_id})
USING INDEX team:Team(tenant_id, id)
UNWIND $members AS row
MERGE (user:User {tenant_id: $tenant_id, id: row.user_id})
MERGE (user)-[member:MEMBER_OF]->(team)
ON CREATE SET
  member.id = row.id,
  member.role = row.role,
  member.email = row.email,
  member.invited_by = row.invited_by,
  member.joined_at = row.joined_at
RETURN
  member.id AS id, team.id AS team_id, user.id AS user_id, member.role AS role, member.email AS email,
  member.invited_by AS invited_by, toString(member.joined_at) AS joined_at
