// Changes what a tenant has decided; no row where there is no such tenant.
// access: write
// params: tenant_id, on_conflict
// returns: on_conflict
CYPHER 25
MATCH (tenant:Tenant {id: $tenant_id})
SET tenant.on_conflict = $on_conflict
RETURN tenant.on_conflict AS on_conflict
