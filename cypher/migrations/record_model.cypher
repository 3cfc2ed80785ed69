// Binds this database to an embedding model, unless it is bound already.
// access: write
// params: name, dimensions, digest, recorded_at
// returns: none
// Vectors of two models cannot be compared, so there is one node and it is never overwritten.
CYPHER 25
MERGE (model:EmbeddingModel {key: 'current'})
ON CREATE SET
  model.name = $name,
  model.dimensions = $dimensions,
  model.digest = $digest,
  model.recorded_at = $recorded_at
