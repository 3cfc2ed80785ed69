// Pairs of memories that may contradict each other: found by their tenant and state, newest first.
// access: schema
// params: none
// returns: none
CYPHER 25 CREATE RANGE INDEX conflict_by_state IF NOT EXISTS
FOR ()-[conflict:CONFLICTS_WITH]-() ON (conflict.tenant_id, conflict.status, conflict.at);
CYPHER 25 CREATE CONSTRAINT conflict_id IF NOT EXISTS
FOR ()-[conflict:CONFLICTS_WITH]-() REQUIRE (conflict.tenant_id, conflict.id) IS UNIQUE;
