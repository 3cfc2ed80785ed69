// The key with that digest.
// access: read
// params: digest
// returns: id, tenant_id, digest, label, created_at, last_used_at
CYPHER 25
MATCH (key:ApiKey {digest: $digest})-[:OPENS]->(tenant:Tenant)
RETURN
  key.id AS id, tenant.id AS tenant_id, key.digest AS digest, key.label AS label,
  toString(key.created_at) AS created_at, toString(key.last_used_at) AS last_used_at
