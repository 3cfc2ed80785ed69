// Pairs of one user's memories that say nearly the same.
// access: read
// params: tenant, user_id, least_cosine
// returns: older, newer, cosine
// :param tenant => 'Default'
// :param user_id => 'ann'
// :param least_cosine => 0.8
// Of the newest five hundred, each compared with the five nearest of its scope. Near in meaning is not equal:
// two facts that differ in a number or a name may stand here and both be right.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (user:User)<-[:OF_USER]-(:Scope)<-[:IN]-(memory:Memory)
WHERE user.tenant_id = tenant.id AND user.id = $user_id AND memory.status = 'active'
WITH memory ORDER BY memory.recorded_at DESC, memory.id LIMIT 500
CALL (memory) {
  MATCH (near:Memory)
  SEARCH near IN (
    VECTOR INDEX memory_embedding FOR memory.embedding
    WHERE near.scope_id = memory.scope_id AND near.status = 'active'
    LIMIT 6
  ) SCORE AS index_score
  WITH near, 2 * index_score - 1 AS cosine
  WHERE near <> memory AND cosine >= $least_cosine
  RETURN near, cosine
}
WITH
  CASE WHEN memory.id < near.id THEN [memory, near] ELSE [near, memory] END AS pair,
  max(cosine) AS cosine
RETURN pair[0] AS older, pair[1] AS newer, round(cosine, 4) AS cosine
ORDER BY cosine DESC, older.id, newer.id
LIMIT 50
