// For many turns: the active turns of the same conversation with the same words and time.
// access: read
// params: tenant_id, turns
// returns: found
// What a repeated transaction wrote before is not compared with itself. One row with a list: the driver takes
// longer to receive a row than Neo4j to find it.
CYPHER 25
UNWIND $turns AS turn
MATCH (memory:Memory)
USING INDEX memory:Memory(scope_id, content_hash)
WHERE memory.scope_id = turn.scope_id
  AND memory.content_hash = turn.content_hash
  AND memory.conversation_id = turn.conversation_id
  AND memory.valid_from = turn.valid_from
  AND memory.status = 'active'
  AND memory.tenant_id = $tenant_id
  AND memory.id <> turn.id
WITH turn, memory
ORDER BY turn.id, memory.turn, memory.id
RETURN collect(
  memory {
    .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .space_id, .visibility,
    .text, .caption, .title, .speaker, .conversation_id, .turn,
    .content_hash, .importance, .source, .metadata, .status, .version,
    valid_from: toString(memory.valid_from), valid_to: toString(memory.valid_to),
    refreshed_at: toString(memory.refreshed_at),
    recorded_at: toString(memory.recorded_at), retired_at: toString(memory.retired_at),
    turn_id: turn.id
  }
) AS found
