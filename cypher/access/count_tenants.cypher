// How many tenants there are.
// access: read
// params: none
// returns: tenants
CYPHER 25
MATCH (tenant:Tenant)
RETURN count(*) AS tenants
