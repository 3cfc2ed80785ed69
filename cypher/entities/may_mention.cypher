// The memories that may mention named things, at most `most` for each, with the keys of those things.
// access: read
// params: tenant_id, entities, most
// returns: memory_id, scope_id, text, keys
// The index finds the words of a name, whatever their case and endings: whoever asks looks again. The whole text
// of a memory is in the index, so its passages need not be asked.
CYPHER 25
UNWIND $entities AS row
CALL (row) {
  CALL db.index.fulltext.queryNodes(
    'memory_words', '+scope_id:' + row.scope_id + '^0 +text:(' + row.words + ')', {limit: 3 * $most}
  ) YIELD node AS memory, score
  WHERE memory:Memory
    AND memory.tenant_id = $tenant_id
    AND memory.scope_id = row.scope_id
    AND memory.status IN ['active', 'superseded']
  RETURN memory ORDER BY score DESC, memory.id LIMIT $most
}
WITH memory, collect(row.key) AS keys
RETURN memory.id AS memory_id, memory.scope_id AS scope_id, memory.text AS text, keys
