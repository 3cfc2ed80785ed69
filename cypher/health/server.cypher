// Which Neo4j this is.
// access: read
// params: none
// returns: version, edition
CYPHER 25
CALL dbms.components() YIELD name, versions, edition
WHERE name = 'Neo4j Kernel'
RETURN versions[0] AS version, edition
