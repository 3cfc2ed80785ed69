// Writes an invitation to a team; no row without the team.
// access: write
// params: tenant_id, team_id, id, token_digest, email, role, invited_by, created_at, expires_at
// returns: id
CYPHER 25
MATCH (team:Team {tenant_id: $tenant_id, id: $team_id})
USING INDEX team:Team(tenant_id, id)
MERGE (invitation:Invitation {token_digest: $token_digest})
ON CREATE SET
  invitation.tenant_id = $tenant_id,
  invitation.id = $id,
  invitation.email = $email,
  invitation.role = $role,
  invitation.invited_by = $invited_by,
  invitation.created_at = $created_at,
  invitation.expires_at = $expires_at
MERGE (invitation)-[:TO]->(team)
RETURN invitation.id AS id
