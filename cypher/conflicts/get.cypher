// One conflict with its two memories, and what a writer of them has to lock.
// access: read
// params: tenant_id, conflict_id
// returns: conflict, lock_ids
CYPHER 25
MATCH (new:Memory)-[conflict:CONFLICTS_WITH {tenant_id: $tenant_id, id: $conflict_id}]->(old:Memory)
USING INDEX conflict:CONFLICTS_WITH(tenant_id, id)
WHERE new.tenant_id = $tenant_id AND old.tenant_id = $tenant_id
RETURN
  conflict {
    .id, .reason, .resolution, .kept_id,
    at: toString(conflict.at), resolved_at: toString(conflict.resolved_at),
    new: new {
      .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .space_id, .visibility,
      .text, .caption, .title, .speaker, .conversation_id, .turn,
    .content_hash, .importance, .source, .metadata, .status, .version,
      valid_from: toString(new.valid_from), valid_to: toString(new.valid_to),
      refreshed_at: toString(new.refreshed_at),
      recorded_at: toString(new.recorded_at), retired_at: toString(new.retired_at)
    },
    old: old {
      .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .space_id, .visibility,
      .text, .caption, .title, .speaker, .conversation_id, .turn,
    .content_hash, .importance, .source, .metadata, .status, .version,
      valid_from: toString(old.valid_from), valid_to: toString(old.valid_to),
      refreshed_at: toString(old.refreshed_at),
      recorded_at: toString(old.recorded_at), retired_at: toString(old.retired_at)
    }
  } AS conflict,
  COLLECT {
    UNWIND [new, old] AS memory
    MATCH (memory)-[:IN]->(scope:Scope)
    RETURN DISTINCT coalesce(scope.lock_id, scope.id)
  } AS lock_ids
