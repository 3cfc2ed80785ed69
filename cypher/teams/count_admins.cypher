// How many admins a team has.
// access: read
// params: tenant_id, team_id
// returns: admins
// Asked after a change, in its transaction and under the team's lock: two admins who leave at the same time
// would otherwise each count the other.
CYPHER 25
MATCH (team:Team {tenant_id: $tenant_id, id: $team_id})
USING INDEX team:Team(tenant_id, id)
MATCH (:User)-[member:MEMBER_OF]->(team)
WHERE member.role = 'admin'
RETURN count(*) AS admins
