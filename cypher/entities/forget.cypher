// Parts a memory from the named things that it mentions, and removes those that nothing mentions any more.
// access: write
// params: tenant_id, memory_id
// returns: text, title, given
// `given` are the names that were listed with it.
CYPHER 25
MATCH (memory:Memory {tenant_id: $tenant_id, id: $memory_id})
USING INDEX memory:Memory(tenant_id, id)
OPTIONAL MATCH (memory)-[mention:MENTIONS]->(entity:Entity)
WITH memory, mention, entity ORDER BY entity.key
WITH
  memory,
  collect(mention) AS mentions,
  collect(entity) AS entities,
  collect(CASE mention.role WHEN 'given' THEN entity.name END) AS given
FOREACH (mention IN mentions | DELETE mention)
WITH memory, entities, given
CALL (entities) {
  UNWIND entities AS entity
  WITH entity WHERE NOT EXISTS { (:Memory)-[:MENTIONS]->(entity) }
  DELETE entity
}
RETURN memory.text AS text, coalesce(memory.title, '') AS title, given
