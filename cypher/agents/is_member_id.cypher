// Whether an agent goes by a user id: its own id, or one made from the slug of its name.
// access: read
// params: tenant_id, user_id, slug
// returns: known
// `slug` is null for a user id that is not made from one, and equals none.
CYPHER 25
RETURN
  EXISTS { (:Agent {tenant_id: $tenant_id, id: $user_id}) }
  OR EXISTS { (:Agent {tenant_id: $tenant_id, slug: $slug}) } AS known
