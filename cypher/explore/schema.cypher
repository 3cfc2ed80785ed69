// The schema picture: what kinds of nodes there are, and what joins them.
// access: read
// params: none
// returns: nodes, relationships
// It is made from what is stored, so what no memory has used yet is missing.
CYPHER 25
CALL db.schema.visualization() YIELD nodes, relationships
RETURN nodes, relationships
