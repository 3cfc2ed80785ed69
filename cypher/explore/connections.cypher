// How two memories hang together: the shortest ways over links, turns of a conversation, and named things.
// access: read
// params: tenant, memory_id, other_id
// returns: path
// :param tenant => 'Default'
// :param memory_id => '00000000-0000-7000-8000-000000000000'
// :param other_id => '00000000-0000-7000-8000-000000000001'
// Six steps at most, in either direction, and of equally short ways twenty-five. Two memories that mention one
// thing are two steps apart.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (memory:Memory)
WHERE memory.tenant_id = tenant.id AND memory.id = $memory_id
MATCH (other:Memory)
WHERE other.tenant_id = tenant.id AND other.id = $other_id
MATCH path = ALL SHORTEST (memory)(
  ()-[step WHERE step.relationship_type IS NOT NULL OR type(step) IN ['NEXT', 'MENTIONS']]-
  (place WHERE place:Entity OR place.status = 'active')
){1,6}(other)
RETURN path
ORDER BY [place IN nodes(path) | coalesce(place.id, place.key)]
LIMIT 25
