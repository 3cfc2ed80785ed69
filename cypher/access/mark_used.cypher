// Notes when a key was last used.
// access: write
// params: key_id, at
// returns: none
CYPHER 25
MATCH (key:ApiKey {id: $key_id})
SET key.last_used_at = $at
