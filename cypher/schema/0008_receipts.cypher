// The answers kept for requests that carry an idempotency key.
// access: schema
// params: none
// returns: none
CYPHER 25 CREATE CONSTRAINT receipt_key IF NOT EXISTS
FOR (receipt:Receipt) REQUIRE (receipt.owner_id, receipt.key) IS UNIQUE;
CYPHER 25 CREATE RANGE INDEX receipt_by_age IF NOT EXISTS
FOR (receipt:Receipt) ON (receipt.owner_id, receipt.created_at);
