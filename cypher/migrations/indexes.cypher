// Every index with its state and how far it has been filled.
// access: read
// params: none
// returns: name, state, percent
CYPHER 25
SHOW INDEXES YIELD name, type, state, populationPercent
WHERE type <> 'LOOKUP'
RETURN name, state, populationPercent AS percent
ORDER BY name
