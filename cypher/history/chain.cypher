// A memory with all that it took the place of or that took its place, through any number of others, oldest first.
// access: read
// params: tenant_id, memory_id
// returns: found
// Every memory has at most one in its place, so all of them lead to one latest. Deleted ones are among them.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (asked:Memory {tenant_id: $tenant_id, id: $memory_id})
USING INDEX asked:Memory(tenant_id, id)
MATCH (asked)-[:SUPERSEDED_BY]->*(latest:Memory)
WHERE NOT EXISTS { (latest)-[:SUPERSEDED_BY]->() }
MATCH (memory:Memory)-[:SUPERSEDED_BY]->*(latest)
WHERE memory.tenant_id = $tenant_id
OPTIONAL MATCH (memory)-[superseded:SUPERSEDED_BY]->(newer:Memory)
WITH memory, superseded, newer
ORDER BY memory.valid_from, memory.recorded_at, memory.id
RETURN collect(
  memory {
    .id, .tenant_id, .scope_id, .user_id, .namespace, .agent_id, .team_id, .space_id, .visibility,
    .text, .caption, .title, .speaker, .conversation_id, .turn,
    .content_hash, .importance, .source, .metadata, .status, .version,
    valid_from: toString(memory.valid_from), valid_to: toString(memory.valid_to),
    refreshed_at: toString(memory.refreshed_at),
    recorded_at: toString(memory.recorded_at), retired_at: toString(memory.retired_at),
    replaced_by: newer.id, reason: superseded.reason, evidence: superseded.evidence,
    superseded_at: toString(superseded.at)
  }
) AS found
