// What a tenant has decided for all its requests; null where it has not.
// access: read
// params: tenant_id
// returns: on_conflict
CYPHER 25
MATCH (tenant:Tenant {id: $tenant_id})
RETURN tenant.on_conflict AS on_conflict
