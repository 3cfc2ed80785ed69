// Joins turns with those that were said after them.
// access: write
// params: tenant_id, pairs
// returns: none
// A repeated transaction finds what it wrote. Whoever runs this holds the locks of their scopes.
CYPHER 25
UNWIND $pairs AS pair
MATCH (turn:Memory {tenant_id: $tenant_id, id: pair.turn_id})
USING INDEX turn:Memory(tenant_id, id)
MATCH (next:Memory {tenant_id: $tenant_id, id: pair.next_id})
USING INDEX next:Memory(tenant_id, id)
MERGE (turn)-[:NEXT]->(next)
