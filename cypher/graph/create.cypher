// Writes a link between two active memories, unless one of that direction and type exists.
// access: write
// params: tenant_id, from_memory_id, to_memory_id, graph_type, relationship_type, id, weight, metadata,
//   created_at
// returns: id
// No row unless both memories are active; the id says whether it was this link or an older one. Whoever
// runs this holds the locks of both scopes: no other writer makes the same link or hides a memory meanwhile.
CYPHER 25
MATCH (start:Memory {tenant_id: $tenant_id, id: $from_memory_id})
USING INDEX start:Memory(tenant_id, id)
MATCH (end:Memory {tenant_id: $tenant_id, id: $to_memory_id})
USING INDEX end:Memory(tenant_id, id)
WHERE start.status = 'active' AND end.status = 'active'
MERGE (start)-[link:$($graph_type) {relationship_type: $relationship_type}]->(end)
ON CREATE SET
  link.id = $id,
  link.weight = $weight,
  link.metadata = $metadata,
  link.created_at = $created_at
RETURN link.id AS id
