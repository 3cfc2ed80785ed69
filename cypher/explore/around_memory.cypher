// One memory and what is around it: links, history, passages, the turns beside it, named things, and its owner.
// access: read
// params: tenant, memory_id
// returns: path
// :param tenant => 'Default'
// :param memory_id => '00000000-0000-7000-8000-000000000000'
// The strongest fifty links. Double-click a neighbour to walk on from there.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (memory:Memory)
WHERE memory.tenant_id = tenant.id AND memory.id = $memory_id
CALL (memory) {
  MATCH path = (memory)-[link]-(other:Memory)
  WHERE link.relationship_type IS NOT NULL AND other.status = 'active'
  RETURN path
  ORDER BY link.weight DESC, link.id
  LIMIT 50
  UNION ALL
  MATCH path = (memory)-[:SUPERSEDED_BY|PART_OF]-()
  RETURN path
  UNION ALL
  MATCH path = (memory)-[:NEXT|MENTIONS]-(other)
  WHERE other:Entity OR other.status = 'active'
  RETURN path
  UNION ALL
  MATCH path = (memory)-[:IN]->(:Scope)-[:OF|OF_USER|OF_AGENT|OF_TEAM|OF_SPACE]->()
  RETURN path
}
RETURN path
