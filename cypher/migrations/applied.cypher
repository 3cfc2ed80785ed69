// The schema files that this database has been given, in order.
// access: read
// params: none
// returns: version, name, checksum
CYPHER 25
MATCH (migration:SchemaMigration)
RETURN migration.version AS version, migration.name AS name, migration.checksum AS checksum
ORDER BY version
