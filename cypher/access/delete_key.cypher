// Removes a key for good.
// access: write
// params: key_id
// returns: deleted
CYPHER 25
MATCH (key:ApiKey {id: $key_id})
DETACH DELETE key
RETURN count(*) AS deleted
