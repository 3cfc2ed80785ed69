// One page of a tenant's conflicts in one state, newest first, and how many there are in all.
// access: read
// params: tenant_id, status, user_id, namespace, offset, limit
// returns: found, total
// `user_id` and `namespace` are null where they do not matter. A pair that can no longer be resolved, because one of
// the two is history by now, is not shown as open.
CYPHER 25
MATCH (new:Memory)-[conflict:CONFLICTS_WITH]->(old:Memory)
USING INDEX conflict:CONFLICTS_WITH(tenant_id, status, at)
WHERE conflict.tenant_id = $tenant_id
  AND conflict.status = $status
  AND conflict.at >= datetime('0001-01-01T00:00:00Z')
  AND new.tenant_id = $tenant_id
  AND old.tenant_id = $tenant_id
  AND new.status <> 'deleted'
  AND old.status <> 'deleted'
  AND ($status <> 'open' OR (new.status = 'active' AND old.status = 'active'))
  AND ($user_id IS NULL OR new.user_id = $user_id OR old.user_id = $user_id)
  AND ($namespace IS NULL OR new.namespace = $namespace OR old.namespace = $namespace)
WITH conflict ORDER BY conflict.at DESC, conflict.id DESC
WITH collect(conflict) AS conflicts
WITH size(conflicts) AS total, conflicts[$offset..$offset + $limit] AS page
CALL (page) {
  UNWIND page AS conflict
  WITH conflict, startNode(conflict) AS new, endNode(conflict) AS old
  RETURN collect(
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
    }
  ) AS found
}
RETURN found, total
