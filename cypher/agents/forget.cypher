// Marks all memories of an agent as deleted, with their history.
// access: write
// params: tenant_id, agent_id, at
// returns: none
// The memories keep their nodes, but not their vectors: taking those away is all the work the vector index
// then has, while a changed status would have it build every one anew. Whoever runs this holds the locks of
// the agent's scopes.
CYPHER 25
MATCH (scope:Scope)
USING INDEX scope:Scope(tenant_id, agent_id)
WHERE scope.tenant_id = $tenant_id AND scope.agent_id = $agent_id
MATCH (memory:Memory)-[:IN]->(scope)
WHERE memory.status <> 'deleted'
SET
  memory.retired_at = CASE memory.status WHEN 'active' THEN $at ELSE memory.retired_at END,
  memory.status = 'deleted'
REMOVE memory.embedding
WITH memory
MATCH (passage:Passage)-[:PART_OF]->(memory)
SET passage.status = 'deleted'
REMOVE passage.embedding
