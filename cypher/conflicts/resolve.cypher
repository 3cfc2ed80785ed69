// Notes how a conflict was resolved, and by which memory.
// access: write
// params: tenant_id, conflict_id, resolution, kept_id, at
// returns: none
// Whoever runs this holds the locks of both memories' scopes.
CYPHER 25
MATCH (:Memory)-[conflict:CONFLICTS_WITH {tenant_id: $tenant_id, id: $conflict_id}]->(:Memory)
USING INDEX conflict:CONFLICTS_WITH(tenant_id, id)
SET
  conflict.status = 'resolved',
  conflict.resolution = $resolution,
  conflict.kept_id = $kept_id,
  conflict.resolved_at = $at
