// The memories that clients' links join with some others, and how strongly: one level of a walk.
// access: read
// params: tenant_id, scope_ids, memory_ids, relationship_types, looked_at, links_per_memory
// returns: found
// Only clients' links have the property `relationship_type`; `relationship_types` is null where all count. A
// link weighs less the more of them its other end has, which would otherwise be near to everything. Of a
// memory with more links than `looked_at`, the rest is not looked at; how many links the other ends have is counted
// for the heaviest alone. The other end has no name in the pattern,
// so that the planner begins with the memories asked for.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.tenant_id = $tenant_id
  AND memory.id IN $memory_ids
  AND memory.scope_id IN $scope_ids
  AND memory.status = 'active'
CALL (memory) {
  MATCH (memory)-[link]-()
  WHERE link.relationship_type IS NOT NULL
  WITH link
  LIMIT $looked_at
  WITH link, CASE startNode(link) WHEN memory THEN endNode(link) ELSE startNode(link) END AS other
  WHERE ($relationship_types IS NULL OR link.relationship_type IN $relationship_types)
    AND other <> memory
    AND other.tenant_id = $tenant_id
    AND other.status = 'active'
    AND other.scope_id IN $scope_ids
  WITH link, other
  ORDER BY link.weight DESC, link.id
  LIMIT 10 * $links_per_memory
  WITH link, other,
    COUNT { (other)--() }
      - COUNT { (other)-[:IN|PART_OF|NEXT|MENTIONS|SUPERSEDED_BY|CONFLICTS_WITH]-() } AS degree
  WITH other.id AS other_id, link.relationship_type AS via,
    link.weight / sqrt(CASE WHEN degree > 1 THEN degree ELSE 1 END) AS strength
  ORDER BY strength DESC, other_id, via
  LIMIT $links_per_memory
  RETURN collect({from_id: memory.id, memory_id: other_id, via: via, strength: strength}) AS strongest
}
WITH collect(strongest) AS all_of_them
RETURN reduce(found = [], strongest IN all_of_them | found + strongest) AS found
