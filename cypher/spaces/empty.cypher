// Marks memories of a space as deleted, as many as one transaction can well hold.
// access: write
// params: tenant_id, space_id, at, limit
// returns: deleted
// The memories keep their nodes, but not their vectors: taking those away is all the work the vector index then
// has, while a changed status would have it build every one anew. Whoever runs this holds the scope's lock.
CYPHER 25
MATCH (space:Space {tenant_id: $tenant_id, id: $space_id})
USING INDEX space:Space(tenant_id, id)
MATCH (space)<-[:OF_SPACE]-(scope:Scope)
MATCH (memory:Memory)
USING INDEX memory:Memory(scope_id, status, valid_from)
WHERE memory.scope_id = scope.id
  AND memory.status = 'active'
  AND memory.valid_from >= datetime('0001-01-01T00:00:00Z')
  AND memory.tenant_id = $tenant_id
WITH memory ORDER BY memory.valid_from, memory.id LIMIT $limit
SET
  memory.status = 'deleted',
  memory.retired_at = $at
REMOVE memory.embedding
WITH collect(memory) AS memories
CALL (memories) {
  UNWIND memories AS memory
  MATCH (passage:Passage)-[:PART_OF]->(memory)
  SET passage.status = 'deleted'
  REMOVE passage.embedding
}
RETURN size(memories) AS deleted
