// One team with its members, oldest first.
// access: read
// params: tenant_id, team_id
// returns: id, tenant_id, name, slug, created_at, members
CYPHER 25
MATCH (team:Team {tenant_id: $tenant_id, id: $team_id})
USING INDEX team:Team(tenant_id, id)
RETURN
  team.id AS id, team.tenant_id AS tenant_id, team.name AS name, team.slug AS slug,
  toString(team.created_at) AS created_at,
  COLLECT {
    MATCH (user:User)-[member:MEMBER_OF]->(team)
    RETURN {
      id: member.id, team_id: team.id, user_id: user.id, role: member.role, email: member.email,
      invited_by: member.invited_by, joined_at: toString(member.joined_at)
    }
    ORDER BY member.joined_at, member.id
  } AS members
