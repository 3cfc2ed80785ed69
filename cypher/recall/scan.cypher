// A page of all memories of some scopes, from the place where the page before ended.
// access: read
// params: tenant_id, scope_ids, statuses, after_scope, after_hash, after_id, limit
// returns: found
// In the order of the index over the hashes of texts, which hold still when memories are refreshed, so a page
// begins where the last one ended without reading what came before. Few scopes at a time: each is read for a
// whole page before the first are kept.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
UNWIND $scope_ids AS scope_id
WITH scope_id, CASE scope_id WHEN $after_scope THEN $after_hash ELSE '' END AS from_hash
CALL (scope_id, from_hash) {
  MATCH (memory:Memory)
  USING INDEX memory:Memory(scope_id, content_hash)
  WHERE memory.scope_id = scope_id
    AND memory.content_hash >= from_hash
    AND (memory.content_hash > from_hash OR memory.id > $after_id)
    AND memory.tenant_id = $tenant_id
    AND memory.status IN $statuses
  RETURN memory
  ORDER BY memory.scope_id, memory.content_hash, memory.id
  LIMIT $limit
}
WITH memory
ORDER BY memory.scope_id, memory.content_hash, memory.id
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
