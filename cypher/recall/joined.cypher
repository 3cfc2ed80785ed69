// The memories that names and other memories lead to: things of these names, turns before and after, shared things.
// access: read
// params: tenant_id, scope_ids, memory_ids, entity_keys, turn_strength, titled_strength, mentioned_strength,
//   mentions_looked_at, named_looked_at, limit
// returns: named, joined
// A thing says less of a memory the more of them mention it; of one that very many mention, it says next to
// nothing, and not all of them are looked at.
// One row with lists: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
CALL () {
  MATCH (entity:Entity)
  USING INDEX entity:Entity(scope_id, key)
  WHERE entity.scope_id IN $scope_ids AND entity.key IN $entity_keys AND entity.tenant_id = $tenant_id
  WITH entity, COUNT { (entity)<-[:MENTIONS]-() } AS mentions
  CALL (entity) {
    MATCH (entity)<-[mention:MENTIONS]-(memory:Memory)
    RETURN mention, memory
    LIMIT $named_looked_at
  }
  WITH entity, mentions, mention, memory
  WHERE memory.tenant_id = $tenant_id
    AND memory.status = 'active'
    AND memory.scope_id IN $scope_ids
  WITH memory.id AS memory_id, entity.name AS via,
    CASE mention.role WHEN 'title' THEN $titled_strength ELSE $mentioned_strength / sqrt(mentions) END AS strength
  ORDER BY strength DESC, memory_id, via
  LIMIT $limit
  RETURN collect({memory_id: memory_id, via: via, strength: strength}) AS named
}
CALL () {
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
  RETURN collect({seed_id: seed_id, memory_id: memory_id, kind: kind, via: via, strength: strength}) AS joined
}
RETURN named, joined
