// The active memories of some scopes that have faded least.
// access: read
// params: tenant_id, scope_ids, now, refreshed_from, importance_floor, limit
// returns: found
// Decay falls with age divided by importance, whatever its curve, so that quotient orders it. It changes with
// every moment and cannot be indexed: all memories of the scopes from `refreshed_from` on are looked at.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
UNWIND $scope_ids AS scope_id
MATCH (memory:Memory)
USING INDEX memory:Memory(scope_id, status, refreshed_at)
WHERE memory.scope_id = scope_id
  AND memory.status = 'active'
  AND memory.refreshed_at >= $refreshed_from
  AND memory.tenant_id = $tenant_id
WITH
  memory,
  CASE WHEN memory.refreshed_at >= $now THEN 0.0
    ELSE toFloat($now.epochMillis - memory.refreshed_at.epochMillis) END AS age,
  CASE WHEN memory.importance > $importance_floor THEN memory.importance
    ELSE $importance_floor END AS importance
ORDER BY age / importance, memory.valid_from DESC, memory.id
LIMIT $limit
RETURN collect(
  memory {
    .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .space_id, .visibility,
    .text, .caption, .title, .speaker, .conversation_id, .turn,
    .content_hash, .importance, .source, .metadata, .status, .version,
    valid_from: toString(memory.valid_from), valid_to: toString(memory.valid_to),
    refreshed_at: toString(memory.refreshed_at),
    recorded_at: toString(memory.recorded_at), retired_at: toString(memory.retired_at)
  }
) AS found
