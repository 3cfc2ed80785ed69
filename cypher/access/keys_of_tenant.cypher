// The keys of one tenant, oldest first.
// access: read
// params: tenant_id
// returns: id, tenant_id, digest, label, created_at, last_used_at
CYPHER 25
MATCH (tenant:Tenant {id: $tenant_id})
USING INDEX tenant:Tenant(id)
MATCH (key:ApiKey)-[:OPENS]->(tenant)
RETURN
  key.id AS id, tenant.id AS tenant_id, key.digest AS digest, key.label AS label,
  toString(key.created_at) AS created_at, toString(key.last_used_at) AS last_used_at
ORDER BY key.created_at, key.id
