// Users, agents, teams, invitations and spaces: their identities, and the scopes that belong to them.
// access: schema
// params: none
// returns: none
// Scopes are looked up by the team or the user they belong to, before one search over all of them.
CYPHER 25 CREATE CONSTRAINT user_id IF NOT EXISTS
FOR (user:User) REQUIRE (user.tenant_id, user.id) IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT agent_id IF NOT EXISTS
FOR (agent:Agent) REQUIRE (agent.tenant_id, agent.id) IS UNIQUE;
CYPHER 25 CREATE RANGE INDEX agent_by_slug IF NOT EXISTS
FOR (agent:Agent) ON (agent.tenant_id, agent.slug);
CYPHER 25 CREATE CONSTRAINT team_id IF NOT EXISTS
FOR (team:Team) REQUIRE (team.tenant_id, team.id) IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT team_slug IF NOT EXISTS
FOR (team:Team) REQUIRE (team.tenant_id, team.slug) IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT invitation_token_digest IF NOT EXISTS
FOR (invitation:Invitation) REQUIRE invitation.token_digest IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT space_id IF NOT EXISTS
FOR (space:Space) REQUIRE (space.tenant_id, space.id) IS UNIQUE;
CYPHER 25 CREATE CONSTRAINT space_name IF NOT EXISTS
FOR (space:Space) REQUIRE (space.tenant_id, space.name) IS UNIQUE;
CYPHER 25 CREATE RANGE INDEX scope_by_team IF NOT EXISTS
FOR (scope:Scope) ON (scope.tenant_id, scope.team_id, scope.namespace);
CYPHER 25 CREATE RANGE INDEX scope_by_user IF NOT EXISTS
FOR (scope:Scope) ON (scope.tenant_id, scope.user_id, scope.kind, scope.namespace);
CYPHER 25 CREATE RANGE INDEX scope_by_agent IF NOT EXISTS
FOR (scope:Scope) ON (scope.tenant_id, scope.agent_id);
