// Writes a space, unless one of that name is there by now.
// access: write
// params: tenant_id, id, name, created_at
// returns: none
// Two that race for a name meet at its uniqueness constraint, and the second finds the space of the first.
CYPHER 25
MERGE (space:Space {tenant_id: $tenant_id, name: $name})
ON CREATE SET
  space.id = $id,
  space.created_at = $created_at
WITH space
MATCH (tenant:Tenant {id: $tenant_id})
MERGE (space)-[:OF]->(tenant)
