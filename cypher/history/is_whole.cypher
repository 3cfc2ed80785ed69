// Whether everything is there that an active memory needs: its vector, and the agent, team or space it belongs to.
// access: read
// params: tenant_id, memory_id
// returns: is_whole
// What is deleted with an agent or a space loses its vector; what was deleted before keeps it.
CYPHER 25
MATCH (memory:Memory {tenant_id: $tenant_id, id: $memory_id})
USING INDEX memory:Memory(tenant_id, id)
MATCH (memory)-[:IN]->(scope:Scope)
RETURN
  memory.embedding IS NOT NULL
  AND (scope.agent_id IS NULL OR EXISTS { (scope)-[:OF_AGENT]->(:Agent) })
  AND (scope.team_id IS NULL OR EXISTS { (scope)-[:OF_TEAM]->(:Team) })
  AND (scope.space_id IS NULL OR EXISTS { (scope)-[:OF_SPACE]->(:Space) }) AS is_whole
