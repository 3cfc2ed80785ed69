// The types that clients' links have taken, one node each.
// access: schema
// params: none
// returns: none
// Neo4j never frees the name of a relationship type, so what is counted is what was ever used. The links
// themselves need no index: each is found through the memory it starts from.
CYPHER 25 CREATE CONSTRAINT link_type_name IF NOT EXISTS
FOR (type:LinkType) REQUIRE type.name IS UNIQUE;
