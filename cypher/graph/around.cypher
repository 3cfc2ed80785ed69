// The links between some active memories and others, taken either way: one level of a walk.
// access: read
// params: tenant_id, memory_ids, passed, relationship_type, links_per_memory, limit
// returns: found, truncated
// Only clients' links have the property `relationship_type`; ours are never followed. It is null as a
// parameter where it does not matter. The strongest of a memory, then of the level, are kept. The other
// end has no name in the pattern: if it had, the planner could begin with all active memories of the tenant
// and look for links between each two.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.tenant_id = $tenant_id AND memory.id IN $memory_ids AND memory.status = 'active'
CALL (memory) {
  MATCH (memory)-[link]-()
  WHERE link.relationship_type IS NOT NULL
    AND ($relationship_type IS NULL OR link.relationship_type = $relationship_type)
  WITH link, CASE startNode(link) WHEN memory THEN endNode(link) ELSE startNode(link) END AS other
  WHERE other.tenant_id = $tenant_id
    AND other.status = 'active'
    AND NOT other.id IN $passed
  WITH link, other
  ORDER BY link.weight DESC, other.id, link.id
  LIMIT $links_per_memory + 1
  RETURN collect(link) AS strongest
}
WITH collect(strongest) AS levels
WITH levels, any(strongest IN levels WHERE size(strongest) > $links_per_memory) AS is_cut
CALL (levels) {
  UNWIND levels AS strongest
  UNWIND strongest[..$links_per_memory] AS link
  WITH DISTINCT link
  ORDER BY link.weight DESC, link.id
  LIMIT $limit + 1
  RETURN collect(
    link {
      .id, .relationship_type, .weight, .metadata, .carried_from_edge_id, .carried_from_memory_id,
      created_at: toString(link.created_at),
      from_memory_id: startNode(link).id, to_memory_id: endNode(link).id
    }
  ) AS found
}
RETURN found[..$limit] AS found, is_cut OR size(found) > $limit AS truncated
