// What was known of one user at some moment, by both clocks: learnt by then, and true then.
// access: read
// params: tenant, user_id, moment
// returns: memory
// :param tenant => 'Default'
// :param user_id => 'ann'
// :param moment => datetime()
// Facts that have been superseded since are among them, deleted ones are not.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (user:User)<-[:OF_USER]-(:Scope)<-[:IN]-(memory:Memory)
WHERE user.tenant_id = tenant.id
  AND user.id = $user_id
  AND memory.status <> 'deleted'
  AND memory.recorded_at <= $moment AND $moment < memory.retired_at
  AND memory.valid_from <= $moment AND $moment < memory.valid_to
RETURN memory
ORDER BY memory.valid_from DESC, memory.id
LIMIT 100
