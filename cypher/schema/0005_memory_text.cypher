// The full-text index over memories and passages; the scope's id is a word of it and can be asked for.
// access: schema
// params: none
// returns: none
CYPHER 25 CREATE FULLTEXT INDEX memory_text IF NOT EXISTS
FOR (memory:Memory|Passage) ON EACH [memory.text, memory.scope_id];
