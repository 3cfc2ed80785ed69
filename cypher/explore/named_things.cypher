// The things that memories name, the most mentioned first.
// access: read
// params: tenant
// returns: entity, mentions, about, listed, scope
// :param tenant => 'Default'
// `about` counts the memories that have the name as their title, `listed` those that it was given with. The others
// mention it in their texts. The same name in two scopes is two things.
CYPHER 25
MATCH (tenant:Tenant {name: $tenant})
MATCH (entity:Entity)<-[mention:MENTIONS]-(memory:Memory)
WHERE entity.tenant_id = tenant.id AND memory.status = 'active'
WITH
  entity,
  count(*) AS mentions,
  count(CASE mention.role WHEN 'title' THEN 1 END) AS about,
  count(CASE mention.role WHEN 'given' THEN 1 END) AS listed
MATCH (scope:Scope {id: entity.scope_id})
RETURN entity, mentions, about, listed, scope.caption AS scope
ORDER BY mentions DESC, entity.key, entity.scope_id
LIMIT 50
