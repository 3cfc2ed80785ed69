// One named thing, the memories that mention it, and what else these mention.
// access: read
// params: tenant, thing
// returns: path, others
// :param tenant => 'Default'
// :param thing => 'Oslo'
// The newest hundred memories. Who says what of it is on the relationship: `role` is title, given or text.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH path = (entity:Entity)<-[:MENTIONS]-(memory:Memory)
WHERE entity.tenant_id = tenant.id
  AND toLower($thing) IN [entity.key, toLower(entity.name)]
  AND memory.status = 'active'
WITH entity, path, memory
ORDER BY memory.valid_from DESC, memory.id
LIMIT 100
RETURN path, COLLECT {
  MATCH other_path = (memory)-[:MENTIONS]->(other:Entity)
  WHERE other <> entity
  RETURN other_path
} AS others
