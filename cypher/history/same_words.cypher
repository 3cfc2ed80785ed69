// The active facts with certain words in a scope, or in all that is shared with a team in a namespace.
// access: read
// params: tenant_id, scope_id, team_id, namespace, content_hash, title, speaker
// returns: id
// `title` is null where titles do not matter; else facts with another title or speaker are about something else.
// Whoever runs this holds the scope's lock.
CYPHER 25
WITH CASE
  WHEN $team_id IS NULL THEN [$scope_id]
  ELSE COLLECT {
    MATCH (scope:Scope)
    WHERE scope.tenant_id = $tenant_id AND scope.team_id = $team_id AND scope.namespace = $namespace
    RETURN scope.id
  }
END AS scope_ids
MATCH (memory:Memory)
USING INDEX memory:Memory(scope_id, content_hash)
WHERE memory.scope_id IN scope_ids
  AND memory.content_hash = $content_hash
  AND memory.status = 'active'
  AND memory.tenant_id = $tenant_id
  AND memory.conversation_id IS NULL
  AND ($title IS NULL OR (coalesce(memory.title, '') = $title AND coalesce(memory.speaker, '') = $speaker))
RETURN memory.id AS id
ORDER BY id
