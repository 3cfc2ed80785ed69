// Tenants and the keys that open them.
// access: schema
// params: none
// returns: none
// `name_key` is the case-folded name: two tenants may not differ in case alone.
CYPHER 25 CREATE CONSTRAINT tenant_id IF NOT EXISTS
FOR (tenant:Tenant) REQUIRE tenant.id IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT tenant_name_key IF NOT EXISTS
FOR (tenant:Tenant) REQUIRE tenant.name_key IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT api_key_id IF NOT EXISTS
FOR (key:ApiKey) REQUIRE key.id IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT api_key_digest IF NOT EXISTS
FOR (key:ApiKey) REQUIRE key.digest IS UNIQUE;
