// What records the schema itself, and the nodes that writers queue at.
// access: schema
// params: none
// returns: none
// MERGE is safe between two processes only on a uniqueness constraint, so these come before everything else.
CYPHER 25 CREATE CONSTRAINT schema_migration_version IF NOT EXISTS
FOR (migration:SchemaMigration) REQUIRE migration.version IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT embedding_model_key IF NOT EXISTS
FOR (model:EmbeddingModel) REQUIRE model.key IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT write_lock_key IF NOT EXISTS
FOR (lock:WriteLock) REQUIRE lock.key IS UNIQUE;
