// The teams of a tenant with the numbers of their members, oldest first.
// access: read
// params: tenant_id
// returns: id, tenant_id, name, slug, created_at, member_count
// Every team has an id; saying so lets the index hand out those of one tenant.
CYPHER 25
MATCH (team:Team)
USING INDEX team:Team(tenant_id, id)
WHERE team.tenant_id = $tenant_id AND team.id IS NOT NULL
RETURN
  team.id AS id, team.tenant_id AS tenant_id, team.name AS name, team.slug AS slug,
  toString(team.created_at) AS created_at,
  COUNT { (:User)-[:MEMBER_OF]->(team) } AS member_count
ORDER BY team.created_at, team.id
