// The space of a tenant with exactly this name.
// access: read
// params: tenant_id, name
// returns: id, tenant_id, name, created_at
CYPHER 25
MATCH (space:Space {tenant_id: $tenant_id, name: $name})
USING INDEX space:Space(tenant_id, name)
RETURN
  space.id AS id, space.tenant_id AS tenant_id, space.name AS name, toString(space.created_at) AS created_at
