// What recall by words, by conversation and by named things rests on.
// access: schema
// params: none
// returns: none
// The full-text index is made anew: it cuts words to their stems, passes over those that say nothing, and also
// knows titles and speakers. A turn is found by its place in the conversation, an entity by the key of its name.
CYPHER 25 DROP INDEX memory_text IF EXISTS;
CYPHER 25 CREATE FULLTEXT INDEX memory_words IF NOT EXISTS
FOR (memory:Memory|Passage) ON EACH [memory.text, memory.title, memory.speaker, memory.scope_id]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'english'}};
CYPHER 25 CREATE RANGE INDEX memory_by_turn IF NOT EXISTS
FOR (memory:Memory) ON (memory.scope_id, memory.conversation_id, memory.turn);
CYPHER 25 CREATE CONSTRAINT entity_key IF NOT EXISTS
FOR (entity:Entity) REQUIRE (entity.scope_id, entity.key) IS UNIQUE;
