// Those of some keys that are of named things, scope by scope.
// access: read
// params: tenant_id, wanted
// returns: scope_id, entities
// They come as pairs of key and name.
CYPHER 25
UNWIND $wanted AS row
UNWIND row.keys AS key
MATCH (entity:Entity {scope_id: row.scope_id, key: key})
USING INDEX entity:Entity(scope_id, key)
WHERE entity.tenant_id = $tenant_id
RETURN row.scope_id AS scope_id, collect([entity.key, entity.name]) AS entities
