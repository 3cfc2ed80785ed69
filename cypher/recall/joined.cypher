// The turns before and after some memories, and the memories that speak of the same things.
// access: read
// params: tenant_id, scope_ids, memory_ids, turn_strength, mentions_looked_at, limit
// returns: found
// A thing says less of a memory the more of them mention it; of one that very many mention, it says next to
// nothing, and not all of them are looked at.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.tenant_id = $tenant_id
  AND memory.id IN $memory_ids
  AND memory.scope_id IN $scope_ids
  AND memory.status = 'active'
CALL (memory) {
  MATCH (memory)-[:NEXT]->(other)
  RETURN other, 'turn' AS kind, 'after' AS via, $turn_strength AS strength
  UNION ALL
  MATCH (memory)<-[:NEXT]-(other)
  RETURN other, 'turn' AS kind, 'before' AS via, $turn_strength AS strength
  UNION ALL
  MATCH (memory)-[own:MENTIONS]->(entity:Entity)
  WITH own, entity, COUNT { (entity)<-[:MENTIONS]-() } AS mentions
  CALL (entity) {
    MATCH (entity)<-[mention:MENTIONS]-(other)
    RETURN mention, other
    LIMIT $mentions_looked_at
  }
  RETURN other, 'entity' AS kind, entity.name AS via,
    CASE
      WHEN own.role = 'title' THEN 0.5
      WHEN mention.role = 'title' THEN 1.0
      ELSE 0.25
    END / sqrt(mentions) AS strength
}
WITH memory, other, kind, via, strength
WHERE other <> memory
  AND other.tenant_id = $tenant_id
  AND other.status = 'active'
  AND other.scope_id IN $scope_ids
WITH memory.id AS seed_id, other.id AS memory_id, kind, via, strength
ORDER BY strength DESC, memory_id, seed_id, via
LIMIT $limit
RETURN collect({seed_id: seed_id, memory_id: memory_id, kind: kind, via: via, strength: strength}) AS found
