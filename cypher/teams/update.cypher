// Changes the name or the slug of a team, unless another has that slug; null leaves a value as it is.
// access: write
// params: tenant_id, team_id, name, slug
// returns: id, tenant_id, name, slug, created_at, taken_by
// Whoever runs this holds the lock of the tenant's slugs, so that nobody takes the slug in between.
CYPHER 25
MATCH (team:Team {tenant_id: $tenant_id, id: $team_id})
USING INDEX team:Team(tenant_id, id)
OPTIONAL MATCH (other:Team {tenant_id: $tenant_id, slug: $slug})
USING INDEX other:Team(tenant_id, slug)
WHERE other.id <> team.id
WITH team, other.id AS taken_by
SET
  team.name = CASE WHEN taken_by IS NULL THEN coalesce($name, team.name) ELSE team.name END,
  team.slug = CASE WHEN taken_by IS NULL THEN coalesce($slug, team.slug) ELSE team.slug END
RETURN
  team.id AS id, team.tenant_id AS tenant_id, team.name AS name, team.slug AS slug,
  toString(team.created_at) AS created_at, taken_by
