// The invitation to a token, whatever its state.
// access: read
// params: token_digest
// returns: id, tenant_id, team_id, token_digest, email, role, invited_by, created_at, expires_at, accepted_at
// The token is all that its holder has: it takes the place of a key and leads to the tenant.
CYPHER 25
MATCH (invitation:Invitation {token_digest: $token_digest})
USING INDEX invitation:Invitation(token_digest)
MATCH (invitation)-[:TO]->(team:Team)
WHERE team.tenant_id = invitation.tenant_id
RETURN
  invitation.id AS id, invitation.tenant_id AS tenant_id, team.id AS team_id,
  invitation.token_digest AS token_digest, invitation.email AS email, invitation.role AS role,
  invitation.invited_by AS invited_by, toString(invitation.created_at) AS created_at,
  toString(invitation.expires_at) AS expires_at, toString(invitation.accepted_at) AS accepted_at
