// Writes new memories with their vectors, each into its scope.
// access: write
// params: tenant_id, memories
// returns: written
// A repeated transaction finds what it wrote and leaves it. `written` is less than asked for where a scope is
// missing, or a vector has not the length that the database was set up with: the index would pass over it.
CYPHER 25
MATCH (model:EmbeddingModel {key: 'current'})
UNWIND $memories AS row
MATCH (scope:Scope {id: row.scope_id})
WHERE scope.tenant_id = $tenant_id AND vector_dimension_count(row.vector) = model.dimensions
MERGE (memory:Memory {tenant_id: $tenant_id, id: row.id})
ON CREATE SET
  memory.scope_id = row.scope_id,
  memory.user_id = row.user_id,
  memory.namespace = row.namespace,
  memory.agent_id = row.agent_id,
  memory.team_id = row.team_id,
  memory.space_id = row.space_id,
  memory.visibility = row.visibility,
  memory.text = row.text,
  memory.caption = row.caption,
  memory.title = row.title,
  memory.speaker = row.speaker,
  memory.conversation_id = row.conversation_id,
  memory.turn = row.turn,
  memory.content_hash = row.content_hash,
  memory.importance = row.importance,
  memory.source = row.source,
  memory.metadata = row.metadata,
  memory.status = row.status,
  memory.version = row.version,
  memory.valid_from = row.valid_from,
  memory.valid_to = row.valid_to,
  memory.refreshed_at = row.refreshed_at,
  memory.recorded_at = row.recorded_at,
  memory.retired_at = row.retired_at,
  memory.embedding_model = model.name
MERGE (memory)-[:IN]->(scope)
WITH memory, row
CALL db.create.setNodeVectorProperty(memory, 'embedding', row.vector)
RETURN count(*) AS written
