// How many memories a listing has over all its pages.
// access: read
// params: tenant_id, scope_ids, visibility, source
// returns: total
CYPHER 25
MATCH (memory:Memory)
USING INDEX memory:Memory(scope_id, status, valid_from)
WHERE memory.scope_id IN $scope_ids
  AND memory.status = 'active'
  AND memory.valid_from >= datetime('0001-01-01T00:00:00Z')
  AND memory.tenant_id = $tenant_id
  AND ($visibility IS NULL OR memory.visibility = $visibility)
  AND ($source IS NULL OR memory.source = $source)
RETURN count(*) AS total
