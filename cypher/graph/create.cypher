// Writes links between active memories, each unless one of that direction and type exists.
// access: write
// params: tenant_id, links
// returns: asked, id
// No row for a link unless both its memories are active; `id` says whether it is the one asked for or an older
// one. Whoever runs this holds the locks of all scopes: no other writer makes the same link or hides a memory
// meanwhile.
CYPHER 25
UNWIND $links AS row
MATCH (start:Memory {tenant_id: $tenant_id, id: row.from_memory_id})
USING INDEX start:Memory(tenant_id, id)
MATCH (end:Memory {tenant_id: $tenant_id, id: row.to_memory_id})
USING INDEX end:Memory(tenant_id, id)
WHERE start.status = 'active' AND end.status = 'active'
MERGE (start)-[link:$(row.graph_type) {relationship_type: row.relationship_type}]->(end)
ON CREATE SET
  link.id = row.id,
  link.weight = row.weight,
  link.metadata = row.metadata,
  link.created_at = row.created_at
RETURN row.id AS asked, link.id AS id
