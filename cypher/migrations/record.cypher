// Notes that a schema file has been applied.
// access: write
// params: version, name, checksum, applied_at
// returns: none
// The files are idempotent: after a crash between a file and its record, the file is simply applied again.
CYPHER 25
MERGE (migration:SchemaMigration {version: $version})
ON CREATE SET
  migration.name = $name,
  migration.checksum = $checksum,
  migration.applied_at = $applied_at
