// The named things of some scopes, the first of each by their keys.
// access: read
// params: tenant_id, scope_ids, most
// returns: scope_id, entities
// A scope with as many as `most` may have more. They come as pairs of key and name, in one list for each scope:
// the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
UNWIND $scope_ids AS scope_id
CALL (scope_id) {
  MATCH (entity:Entity)
  USING INDEX entity:Entity(scope_id, key)
  WHERE entity.scope_id = scope_id AND entity.key >= '' AND entity.tenant_id = $tenant_id
  WITH entity ORDER BY entity.key LIMIT $most
  RETURN collect([entity.key, entity.name]) AS entities
}
RETURN scope_id, entities
