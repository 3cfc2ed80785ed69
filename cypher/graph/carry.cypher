// Copies the links that join a superseded memory with active ones to the memory that took its place.
// access: write
// params: tenant_id, old_id, new_id
// returns: carried
// The originals stay with the old memory, as its history. A copy keeps type, weight, metadata and time; its
// id begins, as that of every link, like the id of the memory it starts from. A repeated transaction finds
// what it wrote and leaves it, as does a second superseded memory with the same link. The
// other end has no name in the pattern, so that the planner begins with the old memory.
CYPHER 25
MATCH (old:Memory {tenant_id: $tenant_id, id: $old_id})
MATCH (new:Memory {tenant_id: $tenant_id, id: $new_id})
MATCH (old)-[link]-()
WHERE link.relationship_type IS NOT NULL
WITH old, new, link, CASE startNode(link) WHEN old THEN endNode(link) ELSE startNode(link) END AS other
WHERE other.tenant_id = $tenant_id
  AND other.status = 'active'
  AND other <> new
WITH old, link,
  CASE startNode(link) WHEN old THEN new ELSE other END AS start,
  CASE startNode(link) WHEN old THEN other ELSE new END AS end
ORDER BY link.weight DESC, link.id
MERGE (start)-[copy:$(type(link)) {relationship_type: link.relationship_type}]->(end)
ON CREATE SET
  copy.id = left(start.id, 19) + substring(randomUUID(), 19),
  copy.weight = link.weight,
  copy.metadata = link.metadata,
  copy.created_at = link.created_at,
  copy.carried_from_edge_id = link.id,
  copy.carried_from_memory_id = old.id
RETURN count(*) AS carried
