// The embedding model whose vectors this database holds.
// access: read
// params: none
// returns: name, dimensions, digest
CYPHER 25
MATCH (model:EmbeddingModel {key: 'current'})
RETURN model.name AS name, model.dimensions AS dimensions, model.digest AS digest
