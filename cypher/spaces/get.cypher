// The space of a tenant with this id.
// access: read
// params: tenant_id, space_id
// returns: id, tenant_id, name, created_at
CYPHER 25
MATCH (space:Space {tenant_id: $tenant_id, id: $space_id})
USING INDEX space:Space(tenant_id, id)
RETURN
  space.id AS id, space.tenant_id AS tenant_id, space.name AS name, toString(space.created_at) AS created_at
