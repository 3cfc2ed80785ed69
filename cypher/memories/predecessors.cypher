// All memories that each of some memories took the place of, directly or through others, newest first.
// access: read
// params: tenant_id, memory_ids
// returns: latest_id, id, tenant_id, scope_id, user_id, namespace, agent_id, team_id, space_id, visibility, text,
//   caption, title, speaker, conversation_id, turn, content_hash, importance, source, metadata, status, version,
//   valid_from, valid_to, refreshed_at, recorded_at, retired_at, replaced_by
CYPHER 25
MATCH (latest:Memory)
USING INDEX latest:Memory(tenant_id, id)
WHERE latest.tenant_id = $tenant_id AND latest.id IN $memory_ids AND latest.status <> 'deleted'
MATCH (memory:Memory)-[:SUPERSEDED_BY]->+(latest)
WHERE memory.tenant_id = $tenant_id AND memory.status = 'superseded'
WITH DISTINCT latest, memory
RETURN
  latest.id AS latest_id,
  memory.id AS id, memory.tenant_id AS tenant_id, memory.scope_id AS scope_id,
  memory.user_id AS user_id, memory.namespace AS namespace,
  memory.agent_id AS agent_id, memory.team_id AS team_id, memory.space_id AS space_id,
  memory.visibility AS visibility, memory.text AS text, memory.caption AS caption,
  memory.title AS title, memory.speaker AS speaker,
  memory.conversation_id AS conversation_id, memory.turn AS turn, memory.content_hash AS content_hash,
  memory.importance AS importance, memory.source AS source, memory.metadata AS metadata,
  memory.status AS status, memory.version AS version,
  toString(memory.valid_from) AS valid_from, toString(memory.valid_to) AS valid_to,
  toString(memory.refreshed_at) AS refreshed_at,
  toString(memory.recorded_at) AS recorded_at, toString(memory.retired_at) AS retired_at,
  head(COLLECT {
    MATCH (memory)-[:SUPERSEDED_BY]->(newer:Memory) RETURN newer.id ORDER BY newer.id
  }) AS replaced_by
ORDER BY memory.valid_from DESC, memory.recorded_at DESC, memory.id DESC
