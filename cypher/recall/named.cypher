// The memories that are about things of some names, or mention them.
// access: read
// params: tenant_id, scope_ids, entity_keys, titled_strength, mentioned_strength, mentions_looked_at,
//   limit
// returns: found
// A thing says less of a memory that mentions it the more of them do; of one that very many mention, not all
// are looked at.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (entity:Entity)
USING INDEX entity:Entity(scope_id, key)
WHERE entity.scope_id IN $scope_ids AND entity.key IN $entity_keys AND entity.tenant_id = $tenant_id
WITH entity, COUNT { (entity)<-[:MENTIONS]-() } AS mentions
CALL (entity) {
  MATCH (entity)<-[mention:MENTIONS]-(memory:Memory)
  RETURN mention, memory
  LIMIT $mentions_looked_at
}
WITH entity, mentions, mention, memory
WHERE memory.tenant_id = $tenant_id
  AND memory.status = 'active'
  AND memory.scope_id IN $scope_ids
WITH memory.id AS memory_id, entity.name AS via,
  CASE mention.role WHEN 'title' THEN $titled_strength ELSE $mentioned_strength / sqrt(mentions) END AS strength
ORDER BY strength DESC, memory_id, via
LIMIT $limit
RETURN collect({memory_id: memory_id, via: via, strength: strength}) AS found
