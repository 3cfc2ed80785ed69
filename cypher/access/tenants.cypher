// All tenants, oldest first.
// access: read
// params: none
// returns: id, name, created_at
CYPHER 25
MATCH (tenant:Tenant)
RETURN tenant.id AS id, tenant.name AS name, toString(tenant.created_at) AS created_at
ORDER BY tenant.created_at, tenant.id
