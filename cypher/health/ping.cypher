// One round trip.
// access: read
// params: none
// returns: answer
CYPHER 25
RETURN 1 AS answer
