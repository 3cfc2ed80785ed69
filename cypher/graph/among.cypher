// The links with both ends among some active memories, strongest first.
// access: read
// params: tenant_id, memory_ids, limit
// returns: found, truncated
// The other end has no name in the pattern, so that the planner begins with the memories asked for.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(tenant_id, id)
WHERE memory.tenant_id = $tenant_id AND memory.id IN $memory_ids AND memory.status = 'active'
MATCH (memory)-[link]->()
WHERE link.relationship_type IS NOT NULL
WITH link, endNode(link) AS other
WHERE other.tenant_id = $tenant_id
  AND other.status = 'active'
  AND other.id IN $memory_ids
WITH link
ORDER BY link.weight DESC, link.id
LIMIT $limit + 1
WITH collect(
  link {
    .id, .relationship_type, .weight, .metadata, .carried_from_edge_id, .carried_from_memory_id,
    created_at: toString(link.created_at),
    from_memory_id: startNode(link).id, to_memory_id: endNode(link).id
  }
) AS found
RETURN found[..$limit] AS found, size(found) > $limit AS truncated
