// How conversations end: the last turn of each and the one before it there, whatever became of them.
// access: read
// params: tenant_id, conversations
// returns: found
// The index hands out the last turn first. A repeated transaction must decide as it did before, so the turns that
// it wrote then (`own_ids`) and all that came after them do not count. A turn that was moved elsewhere left its
// conversation. One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
UNWIND $conversations AS asked
CALL (asked) {
  MATCH (own:Memory)
  USING INDEX own:Memory(tenant_id, id)
  WHERE own.tenant_id = $tenant_id AND own.id IN asked.own_ids
  RETURN min(own.turn) AS own_turn
}
CALL (asked, own_turn) {
  MATCH (last:Memory)
  USING INDEX last:Memory(scope_id, conversation_id, turn)
  WHERE last.scope_id = asked.scope_id
    AND last.conversation_id = asked.conversation_id
    AND last.turn < coalesce(own_turn, 9223372036854775807)
    AND last.tenant_id = $tenant_id
  RETURN last
  ORDER BY last.scope_id DESC, last.conversation_id DESC, last.turn DESC, last.id DESC
  LIMIT 1
}
OPTIONAL MATCH (before:Memory)-[:NEXT]->(last)
WHERE before.scope_id = last.scope_id
UNWIND [last, before] AS turn
WITH last, turn
WHERE turn IS NOT NULL
WITH DISTINCT last, turn
ORDER BY turn.scope_id, turn.conversation_id, turn.turn, turn.id
RETURN collect(
  turn {
    .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .space_id, .visibility,
    .text, .caption, .title, .speaker, .conversation_id, .turn,
    .content_hash, .importance, .source, .metadata, .status, .version,
    valid_from: toString(turn.valid_from), valid_to: toString(turn.valid_to),
    refreshed_at: toString(turn.refreshed_at),
    recorded_at: toString(turn.recorded_at), retired_at: toString(turn.retired_at),
    is_last: turn = last
  }
) AS found
