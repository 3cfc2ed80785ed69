// Whether the tenant has a team.
// access: read
// params: tenant_id, team_id
// returns: known
CYPHER 25
RETURN EXISTS { (:Team {tenant_id: $tenant_id, id: $team_id}) } AS known
