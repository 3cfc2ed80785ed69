// Joins memories with the named things of their scopes that they mention.
// access: write
// params: tenant_id, mentions
// returns: none
// Once for each pair: a memory that is about a thing is more than one that lists it, and that more than one whose
// text has it.
CYPHER 25
UNWIND $mentions AS row
MATCH (memory:Memory {tenant_id: $tenant_id, id: row.memory_id})
USING INDEX memory:Memory(tenant_id, id)
MATCH (entity:Entity {scope_id: memory.scope_id, key: row.key})
USING INDEX entity:Entity(scope_id, key)
MERGE (memory)-[mention:MENTIONS]->(entity)
ON CREATE SET mention.role = row.role
ON MATCH SET mention.role = CASE
  WHEN 'title' IN [row.role, mention.role] THEN 'title'
  WHEN 'given' IN [row.role, mention.role] THEN 'given'
  ELSE 'text'
END
