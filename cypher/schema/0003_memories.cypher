// Scopes, memories and passages: their identities, and the orders in which they are listed and counted.
// access: schema
// params: none
// returns: none
// One range index per question: the same words, the newest of a scope, the last refreshed, a tenant's count.
CYPHER 25 CREATE CONSTRAINT scope_id IF NOT EXISTS
FOR (scope:Scope) REQUIRE scope.id IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT memory_id IF NOT EXISTS
FOR (memory:Memory) REQUIRE (memory.tenant_id, memory.id) IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT passage_id IF NOT EXISTS
FOR (passage:Passage) REQUIRE (passage.tenant_id, passage.id) IS UNIQUE;
CYPHER 25 CREATE RANGE INDEX memory_by_content IF NOT EXISTS
FOR (memory:Memory) ON (memory.scope_id, memory.content_hash);
CYPHER 25 CREATE RANGE INDEX memory_by_age IF NOT EXISTS
FOR (memory:Memory) ON (memory.scope_id, memory.status, memory.valid_from);
CYPHER 25 CREATE RANGE INDEX memory_by_refresh IF NOT EXISTS
FOR (memory:Memory) ON (memory.scope_id, memory.status, memory.refreshed_at);
CYPHER 25 CREATE RANGE INDEX memory_by_tenant IF NOT EXISTS
FOR (memory:Memory) ON (memory.tenant_id, memory.status);
