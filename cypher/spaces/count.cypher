// How many spaces a tenant has.
// access: read
// params: tenant_id
// returns: total
CYPHER 25
MATCH (space:Space)
USING INDEX space:Space(tenant_id, name)
WHERE space.tenant_id = $tenant_id AND space.name >= ''
RETURN count(*) AS total
