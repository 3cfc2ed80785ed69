// The relationship type of that name, if a link has ever had it.
// access: read
// params: graph_type
// returns: name
CYPHER 25
MATCH (type:LinkType {name: $graph_type})
RETURN type.name AS name
