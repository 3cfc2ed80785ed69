"""One good answer of each kind about agents and teams, and the calls that get them."""

from collections.abc import Mapping

from samples import Act
from stand_ins import ROW

MORNING = "2026-05-01T09:30:00.000Z"
AGENT: Mapping[str, object] = {
    "id": "4c",
    "name": "CodeAssist",
    "description": "A coding assistant",
    "owner_id": "dev",
    "model": None,
    "system_prompt": None,
    "created_at": MORNING,
    "updated_at": MORNING,
}
AGENT_STORED: Mapping[str, object] = {
    "action": "stored",
    "id": "b2",
    "agent_id": "4c",
    "namespace": "default",
}
AGENT_MEMORY: Mapping[str, object] = {
    name: ROW[name] for name in ("id", "fact", "importance", "source", "namespace", "created_at", "metadata")
}
TEAM: Mapping[str, object] = {
    "id": "t1",
    "tenant_id": "x0",
    "name": "Research",
    "slug": "research",
    "created_at": MORNING,
}
MEMBER: Mapping[str, object] = {
    "id": "m1",
    "user_id": "bob",
    "email": None,
    "role": "member",
    "joined_at": MORNING,
}
TEAM_WITH_MEMBERS: Mapping[str, object] = {**TEAM, "members": [{**MEMBER, "invited_by": "ann"}]}
INVITATION: Mapping[str, object] = {
    "id": "i1",
    "email": "bob@example.org",
    "role": "read_only",
    "token": "only-once",
    "expires_at": "2026-05-08T09:30:00.000Z",
    "created_at": MORNING,
}
ACCEPTED: Mapping[str, object] = {"team_id": "t1", "role": "member", "message": "Invitation accepted"}

READS: list[tuple[Act, str, object]] = [
    (lambda c: c.agents.get("4c"), "/v1/agents/4c", {**AGENT, "skills": []}),
    (lambda c: c.agents.list_all(), "/v1/agents", {"agents": [AGENT]}),
    (lambda c: c.agents.list_all(owner_id="a/b"), "/v1/agents?owner_id=a%2Fb", {"agents": []}),
    (
        lambda c: c.agents.search("4c", "ann", "tea"),
        "/v1/agents/4c/memories?user_id=ann&q=tea",
        {"results": []},
    ),
    (
        lambda c: c.agents.search("4c", "ann", "tea", limit=3, namespace="work"),
        "/v1/agents/4c/memories?user_id=ann&q=tea&limit=3&namespace=work",
        {"results": []},
    ),
    (
        lambda c: c.agents.list_memories("4c", "ann"),
        "/v1/agents/4c/memories?user_id=ann",
        {"memories": []},
    ),
    (
        lambda c: c.agents.list_memories("4c", "ann", limit=3, namespace="work"),
        "/v1/agents/4c/memories?user_id=ann&limit=3&namespace=work",
        {"memories": []},
    ),
    (lambda c: c.teams.get("t1"), "/v1/teams/t1", TEAM_WITH_MEMBERS),
    (lambda c: c.teams.list_all(), "/v1/teams", {"teams": [{**TEAM, "member_count": 2}]}),
]
WRITES: list[tuple[Act, str, object]] = [
    (lambda c: c.agents.create("CodeAssist", owner_id="dev"), "POST", AGENT),
    (lambda c: c.agents.update("4c", name="Assist"), "PATCH", AGENT),
    (lambda c: c.agents.delete("4c"), "DELETE", None),
    (lambda c: c.agents.store("4c", "ann", "Drinks tea"), "POST", AGENT_STORED),
    (lambda c: c.teams.create("Research", "research", by="ann"), "POST", TEAM),
    (lambda c: c.teams.update("t1", by="ann", name="Search"), "PATCH", TEAM),
    (lambda c: c.teams.delete("t1", by="ann"), "DELETE", None),
    (lambda c: c.teams.add_member("t1", "bob", by="ann"), "POST", MEMBER),
    (lambda c: c.teams.change_role("t1", "bob", "admin", by="ann"), "PATCH", MEMBER),
    (lambda c: c.teams.remove_member("t1", "bob", by="ann"), "DELETE", None),
    (lambda c: c.teams.invite("t1", "bob@example.org", by="ann"), "POST", INVITATION),
    (lambda c: c.teams.accept_invitation("only-once", "bob"), "POST", ACCEPTED),
]
