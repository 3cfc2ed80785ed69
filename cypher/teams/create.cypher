// Writes a team, unless one with that slug exists; the id says which of both it was.
// access: write
// params: tenant_id, id, name, slug, created_at
// returns: id
// Two that create the same slug at once meet at its uniqueness, and both get the winner's id.
CYPHER 25
MERGE (team:Team {tenant_id: $tenant_id, slug: $slug})
ON CREATE SET
  team.id = $id,
  team.name = $name,
  team.created_at = $created_at
WITH team
CALL (team) {
  WITH team WHERE team.id = $id
  MATCH (tenant:Tenant {id: $tenant_id})
  MERGE (team)-[:OF]->(tenant)
}
RETURN team.id AS id
