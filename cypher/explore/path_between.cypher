// The shortest way from one memory to another over links, taken in either direction.
// access: read
// params: tenant, memory_id, other_id
// returns: path
// :param tenant => 'Default'
// :param memory_id => '00000000-0000-7000-8000-000000000000'
// :param other_id => '00000000-0000-7000-8000-000000000001'
// Six links at most. The service's own path is by weight and may be another one.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (memory:Memory)
WHERE memory.tenant_id = tenant.id AND memory.id = $memory_id
MATCH (other:Memory)
WHERE other.tenant_id = tenant.id AND other.id = $other_id
MATCH path = SHORTEST 1 (memory)(
  ()-[link WHERE link.relationship_type IS NOT NULL]-(step:Memory WHERE step.status = 'active')
){1,6}(other)
RETURN path
