// Which keys open which tenant, and when each was last used.
// access: read
// params: none
// returns: tenant, key, created_at, last_used_at
// A table of labels and times: what a key is made of is nowhere, and its digest is nobody's business.
CYPHER 25
MATCH (key:ApiKey)-[:OPENS]->(tenant:Tenant)
RETURN
  tenant.name AS tenant, key.label AS key,
  key.created_at AS created_at, key.last_used_at AS last_used_at
ORDER BY tenant, created_at, key
