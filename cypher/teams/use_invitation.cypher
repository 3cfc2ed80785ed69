// Uses an invitation up, unless that has been done.
// access: write
// params: tenant_id, team_id, token_digest, at
// returns: used
// Whoever runs this holds the lock of the team: of two that accept at once, the second finds it used.
CYPHER 25
MATCH (invitation:Invitation {token_digest: $token_digest})
USING INDEX invitation:Invitation(token_digest)
WHERE invitation.tenant_id = $tenant_id AND invitation.accepted_at IS NULL
MATCH (invitation)-[:TO]->(:Team {tenant_id: $tenant_id, id: $team_id})
SET invitation.accepted_at = $at
RETURN count(*) AS used
