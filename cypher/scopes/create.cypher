// Writes the scopes that are missing and joins them to their tenant.
// access: write
// params: tenant_id, scopes
// returns: none
// The tenant's node is only touched by the first memory of a scope, so writers do not meet there.
CYPHER 25
UNWIND $scopes AS row
MERGE (scope:Scope {id: row.id})
ON CREATE SET
  scope.tenant_id = $tenant_id,
  scope.kind = row.kind,
  scope.user_id = row.user_id,
  scope.namespace = row.namespace
WITH scope
WHERE scope.tenant_id = $tenant_id AND NOT EXISTS { (scope)-[:OF]->(:Tenant) }
MATCH (tenant:Tenant {id: $tenant_id})
MERGE (scope)-[:OF]->(tenant)
