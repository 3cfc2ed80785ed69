// Removes a space that holds no memories any more.
// access: write
// params: tenant_id, space_id
// returns: none
// Its scope stays with the memories that lay in it. Whoever runs this holds the scope's lock.
CYPHER 25
MATCH (space:Space {tenant_id: $tenant_id, id: $space_id})
USING INDEX space:Space(tenant_id, id)
DETACH DELETE space
