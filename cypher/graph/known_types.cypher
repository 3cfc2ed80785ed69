// Those of some relationship types that a link has ever had.
// access: read
// params: graph_types
// returns: name
CYPHER 25
MATCH (type:LinkType)
USING INDEX type:LinkType(name)
WHERE type.name IN $graph_types
RETURN type.name AS name
ORDER BY name
