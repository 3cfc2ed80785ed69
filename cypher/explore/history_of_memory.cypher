// The history chain of one memory: from the first fact it goes back to, to the one that holds now.
// access: read
// params: tenant, memory_id
// returns: path
// :param tenant => 'Default'
// :param memory_id => '00000000-0000-7000-8000-000000000000'
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (memory:Memory)
WHERE memory.tenant_id = tenant.id AND memory.id = $memory_id
MATCH path = (first:Memory)-[:SUPERSEDED_BY]->*(memory)-[:SUPERSEDED_BY]->*(latest:Memory)
WHERE NOT EXISTS { (first)<-[:SUPERSEDED_BY]-() }
  AND NOT EXISTS { (latest)-[:SUPERSEDED_BY]->() }
RETURN path
