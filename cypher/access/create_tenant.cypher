// Writes a tenant, unless one of that name exists; the id says which of both it was.
// access: write
// params: id, name, name_key, created_at
// returns: id
// Two that create the same name at once meet at the uniqueness of `name_key`, and both get the winner's id.
CYPHER 25
MERGE (tenant:Tenant {name_key: $name_key})
ON CREATE SET tenant.id = $id, tenant.name = $name, tenant.created_at = $created_at
RETURN tenant.id AS id
