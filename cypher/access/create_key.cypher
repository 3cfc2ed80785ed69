// Writes a key of an existing tenant; no row where there is no such tenant.
// access: write
// params: tenant_id, id, digest, label, created_at, last_used_at
// returns: id
CYPHER 25
MATCH (tenant:Tenant {id: $tenant_id})
MERGE (key:ApiKey {id: $id})
ON CREATE SET
  key.digest = $digest,
  key.label = $label,
  key.created_at = $created_at,
  key.last_used_at = $last_used_at
MERGE (key)-[:OPENS]->(tenant)
RETURN key.id AS id
