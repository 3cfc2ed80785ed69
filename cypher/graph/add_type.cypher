// Notes a relationship type before its first link; no row where there are too many already.
// access: write
// params: graph_type, most_graph_types
// returns: name
// Whoever runs this holds the lock of the link types, so that two cannot both take the last place.
CYPHER 25
WITH COUNT { (:LinkType) } AS noted, EXISTS { (:LinkType {name: $graph_type}) } AS known
WHERE known OR noted < $most_graph_types
MERGE (type:LinkType {name: $graph_type})
RETURN type.name AS name
