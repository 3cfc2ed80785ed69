// The memories that hold some of these words, those with the rarest first, and how common each word is.
// access: read
// params: tenant_id, scope_ids, statuses, terms, hits_per_term, sampled, limit
// returns: memory_ids, terms, size
// What the index itself says of rarity is counted over all tenants, so each word is looked for alone and weighed
// by the scopes' own memories: ln(1 + (size - n + 1/2) / (n + 1/2)), as BM25 does. Words and scopes are plain
// terms, words in quotes, so nothing in them is taken for syntax; no scope is named 0, and a word that the index
// passes over would otherwise leave a query for the whole scope. A hit in a passage finds the memory, but does
// not count for how common the word is.
// The hashes of texts are spread evenly: the first of them are a fair sample, and how far they reach says how
// many there are. So `size` is counted up to `sampled` in a scope and estimated beyond, and a word that has more
// hits than are asked for is counted in the sample.
// One row with a list: the driver takes longer to receive a row than Neo4j to find it.
CYPHER 25
MATCH (scope:Scope)
USING INDEX scope:Scope(id)
WHERE scope.id IN $scope_ids AND scope.tenant_id = $tenant_id
WITH scope.id AS scope_id
ORDER BY scope_id
LIMIT 500
WITH collect(scope_id) AS scope_ids
CALL (scope_ids) {
  UNWIND scope_ids AS scope_id
  CALL (scope_id) {
    MATCH (memory:Memory)
    USING INDEX memory:Memory(scope_id, content_hash)
    WHERE memory.scope_id = scope_id
      AND memory.content_hash IS NOT NULL
      AND memory.status = 'active'
    WITH memory
    ORDER BY memory.scope_id, memory.content_hash
    LIMIT $sampled
    RETURN collect(memory) AS first, max(memory.content_hash) AS reached
  }
  RETURN
    collect(first) AS samples,
    sum(
      CASE WHEN size(first) < $sampled THEN size(first)
        ELSE toInteger($sampled * 4294967296.0 / (1 + toInteger('0x' + left(reached, 8))))
      END
    ) AS size
}
WITH scope_ids, samples, size,
  '+scope_id:(0' + reduce(ids = '', id IN scope_ids | ids + ' ' + id) + ')^0 +(scope_id:0 ' AS within
CALL (within) {
  UNWIND $terms AS term
  CALL (term, within) {
    CALL db.index.fulltext.queryNodes(
      'memory_words',
      within + 'text:"' + term.word + '" title:"' + term.word + '" speaker:"' + term.word + '")',
      {limit: $hits_per_term}
    ) YIELD node
    RETURN collect(node) AS hits
  }
  RETURN collect({term: term, hits: hits}) AS looked_for
}
CALL (looked_for, samples) {
  WITH samples
  WHERE any(one IN looked_for WHERE size(one.hits) >= $hits_per_term)
  UNWIND samples AS sample
  UNWIND sample AS memory
  WITH memory
  ORDER BY memory.content_hash, memory.id
  LIMIT $sampled
  RETURN collect(
    toLower(memory.text + coalesce(' ' + memory.speaker, '') + coalesce(' ' + memory.title, ''))
  ) AS texts
}
UNWIND looked_for AS one
CALL (one, scope_ids) {
  UNWIND one.hits AS hit
  WITH hit, hit.status AS status
  WHERE hit.scope_id IN scope_ids
  RETURN
    collect(
      DISTINCT CASE
        WHEN NOT status IN $statuses THEN null
        WHEN hit:Memory THEN hit
        ELSE head([(hit)-[:PART_OF]->(whole:Memory) | whole])
      END
    ) AS holders,
    count(CASE WHEN status = 'active' AND hit:Memory THEN 1 END) AS own
}
WITH size, one.term.word AS term, holders, own,
  CASE WHEN size(one.hits) < $hits_per_term OR texts = [] THEN 0
    ELSE toInteger(round(1.0 * size * size([text IN texts WHERE text CONTAINS one.term.root]) / size(texts)))
  END AS estimated
WITH size, term, holders, CASE WHEN own > estimated THEN own ELSE estimated END AS memories
WITH size,
  collect({term: term, memories: memories}) AS terms,
  collect({holders: holders, weight: log(1 + (size - memories + 0.5) / (memories + 0.5))}) AS found
CALL (found) {
  UNWIND found AS one
  UNWIND one.holders AS memory
  WITH memory, sum(one.weight) AS weight
  ORDER BY weight DESC, memory.id
  LIMIT $limit
  RETURN collect(memory.id) AS memory_ids
}
RETURN memory_ids, terms, size
