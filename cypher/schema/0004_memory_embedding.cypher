// The vector index over memories and passages, with everything a search filters by inside it.
// access: schema
// params: dimensions
// returns: none
// Filtering inside the index keeps a small scope beside a large one exact. Quantization is off by name:
// the server would otherwise keep one bit per dimension.
CYPHER 25 CREATE VECTOR INDEX memory_embedding IF NOT EXISTS
FOR (memory:Memory|Passage) ON memory.embedding
WITH [memory.scope_id, memory.status, memory.refreshed_at, memory.source]
OPTIONS {indexConfig: {
  `vector.dimensions`: $dimensions,
  `vector.similarity_function`: 'cosine',
  `vector.quantization.type`: 'none'
}};
