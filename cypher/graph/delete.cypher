// Removes a link for good, unless one of its ends is hidden.
// access: write
// params: tenant_id, locator, edge_id
// returns: deleted
// The other end has no name in the pattern, so that the planner begins with the memory that is located.
CYPHER 25
MATCH (start:Memory)
USING INDEX start:Memory(tenant_id, id)
WHERE start.tenant_id = $tenant_id AND start.id STARTS WITH $locator AND start.status = 'active'
MATCH (start)-[link]->()
WHERE link.id = $edge_id
WITH link, endNode(link) AS end
WHERE end.tenant_id = $tenant_id AND end.status = 'active'
DELETE link
RETURN count(*) AS deleted
