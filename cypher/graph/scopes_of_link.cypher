// The scopes that the two ends of a link lie in.
// access: read
// params: tenant_id, locator, edge_id
// returns: from_scope_id, to_scope_id
// Relationships can be indexed by type only, and the types are the clients'. The id of a link begins like
// that of the memory it starts from, which the index of memories finds.
CYPHER 25
MATCH (start:Memory)
USING INDEX start:Memory(tenant_id, id)
WHERE start.tenant_id = $tenant_id AND start.id STARTS WITH $locator
MATCH (start)-[link]->()
WHERE link.id = $edge_id
RETURN start.scope_id AS from_scope_id, endNode(link).scope_id AS to_scope_id
