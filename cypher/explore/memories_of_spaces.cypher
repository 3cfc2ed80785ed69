// The spaces of a tenant and the memories in each.
// access: read
// params: tenant
// returns: path
// :param tenant => 'Default'
// The newest twenty of each space, of the first twenty spaces by name.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (space:Space)-[:OF]->(tenant)
WITH space ORDER BY space.name LIMIT 20
CALL (space) {
  MATCH path = (space)<-[:OF_SPACE]-(:Scope)<-[:IN]-(memory:Memory)
  WHERE memory.status = 'active'
  RETURN path
  ORDER BY memory.valid_from DESC, memory.id
  LIMIT 20
}
RETURN path
