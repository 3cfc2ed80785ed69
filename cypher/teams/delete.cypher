// Removes a team with its members and invitations; its scopes are left.
// access: write
// params: tenant_id, team_id
// returns: deleted
// It waits for those who are just sharing their first memory with the team, and from then on nobody finds the
// team to share with.
CYPHER 25
MATCH (team:Team {tenant_id: $tenant_id, id: $team_id})
USING INDEX team:Team(tenant_id, id)
CALL (team) {
  MATCH (invitation:Invitation)-[:TO]->(team)
  DETACH DELETE invitation
}
DETACH DELETE team
RETURN count(*) AS deleted
