// Writes the named things that are missing; the first spelling of a name stays.
// access: write
// params: tenant_id, entities
// returns: none
CYPHER 25
UNWIND $entities AS row
MERGE (entity:Entity {scope_id: row.scope_id, key: row.key})
ON CREATE SET
  entity.tenant_id = $tenant_id,
  entity.name = row.name
