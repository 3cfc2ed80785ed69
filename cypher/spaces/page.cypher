// One page of a tenant's spaces by name, with the number of active memories in each.
// access: read
// params: tenant_id, offset, limit
// returns: id, tenant_id, name, created_at, memories
CYPHER 25
MATCH (space:Space)
USING INDEX space:Space(tenant_id, name)
WHERE space.tenant_id = $tenant_id AND space.name >= ''
WITH space
ORDER BY space.name, space.id
SKIP $offset LIMIT $limit
RETURN
  space.id AS id, space.tenant_id AS tenant_id, space.name AS name, toString(space.created_at) AS created_at,
  COUNT {
    MATCH (space)<-[:OF_SPACE]-(scope:Scope)
    MATCH (memory:Memory)
    USING INDEX memory:Memory(scope_id, status, valid_from)
    WHERE memory.scope_id = scope.id
      AND memory.status = 'active'
      AND memory.valid_from >= datetime('0001-01-01T00:00:00Z')
  } AS memories
ORDER BY name, id
