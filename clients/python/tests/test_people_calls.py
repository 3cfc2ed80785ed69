"""What the calls about agents and teams send, and how their answers are read."""

from datetime import datetime, timezone

import httpx2
import pytest

from loci_client import (
    AcceptedInvitation,
    Agent,
    AgentMemory,
    Invitation,
    ListedTeam,
    Member,
    NewMember,
    StoreResult,
    Team,
    TeamWithMembers,
)
from people_samples import (
    ACCEPTED,
    AGENT,
    AGENT_MEMORY,
    AGENT_STORED,
    INVITATION,
    MEMBER,
    TEAM,
    TEAM_WITH_MEMBERS,
)
from stand_ins import ROW, OpenClient, ScriptedService, answer, sent

MORNING = datetime(2026, 5, 1, 9, 30, tzinfo=timezone.utc)
A_WEEK_LATER = datetime(2026, 5, 8, 9, 30, tzinfo=timezone.utc)
BOB = Member(id="m1", user_id="bob", email=None, role="member", joined_at=MORNING)


def test_an_agent_is_registered_with_what_was_given(open_client: OpenClient) -> None:
    service = ScriptedService(answer(AGENT, 201))
    agent = open_client(service).agents.create("CodeAssist", owner_id="dev", description="A coding assistant")
    assert sent(service.request) == (
        "POST",
        "/v1/agents",
        {"name": "CodeAssist", "owner_id": "dev", "description": "A coding assistant"},
    )
    assert agent == Agent(
        id="4c",
        name="CodeAssist",
        owner_id="dev",
        description="A coding assistant",
        model=None,
        system_prompt=None,
        created_at=MORNING,
        updated_at=MORNING,
    )


def test_an_agent_is_changed_only_where_said(open_client: OpenClient) -> None:
    service = ScriptedService(answer(AGENT))
    open_client(service).agents.update("4c", model="m-2", system_prompt="")
    assert sent(service.request) == ("PATCH", "/v1/agents/4c", {"model": "m-2", "system_prompt": ""})


def test_what_an_agent_should_no_longer_have_is_sent_as_null(open_client: OpenClient) -> None:
    service = ScriptedService(answer({**AGENT, "description": None}))
    agent = open_client(service).agents.update("4c", name="Assist", clear=["description", "model"])
    assert sent(service.request)[2] == {"name": "Assist", "description": None, "model": None}
    assert agent.description is None


def test_a_fact_is_stored_with_its_agent(open_client: OpenClient) -> None:
    service = ScriptedService(answer(AGENT_STORED, 201))
    result = open_client(service).agents.store(
        "4c",
        "ann",
        "Drinks tea",
        importance=0.0,
        namespace="work",
        created_at=MORNING,
        metadata={"seen": "kitchen"},
    )
    assert sent(service.request) == (
        "POST",
        "/v1/agents/4c/memories",
        {
            "user_id": "ann",
            "fact": "Drinks tea",
            "importance": 0.0,
            "namespace": "work",
            "created_at": "2026-05-01T09:30:00+00:00",
            "metadata": {"seen": "kitchen"},
        },
    )
    assert result == StoreResult(action="stored", id="b2", agent_id="4c", namespace="default")


def test_what_an_agent_knows_is_found_and_listed(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(answer({"results": [ROW]}), answer({"memories": [AGENT_MEMORY]})))
    (found,) = client.agents.search("4c", "ann", "tea")
    (listed,) = client.agents.list_memories("4c", "ann")
    assert (found.id, found.score) == ("b2", 0.7136)
    assert listed == AgentMemory(
        id="b2",
        fact="Drinks tea",
        importance=1.0,
        source="api",
        namespace="default",
        created_at=MORNING,
        metadata={"seen": ["kitchen"]},
    )


def test_a_blank_search_is_refused_instead_of_becoming_a_listing(open_client: OpenClient) -> None:
    service = ScriptedService()
    with pytest.raises(ValueError, match="list_memories"):
        open_client(service).agents.search("4c", "ann", " \n")
    assert service.requests == []


def test_a_team_is_made_by_its_first_admin(open_client: OpenClient) -> None:
    service = ScriptedService(answer(TEAM, 201))
    team = open_client(service).teams.create(
        "Research",
        "research",
        by="ann",
        email="ann@example.org",
        members=[NewMember(user_id="bob"), NewMember(user_id="eve", role="read_only", email="eve@x.org")],
    )
    assert sent(service.request) == (
        "POST",
        "/v1/teams",
        {
            "name": "Research",
            "slug": "research",
            "user_id": "ann",
            "email": "ann@example.org",
            "members": [
                {"user_id": "bob"},
                {"user_id": "eve", "role": "read_only", "email": "eve@x.org"},
            ],
        },
    )
    assert team == Team(id="t1", name="Research", slug="research", created_at=MORNING)


def test_a_team_needs_no_further_members(open_client: OpenClient) -> None:
    service = ScriptedService(answer(TEAM, 201))
    open_client(service).teams.create("Research", "research", by="ann")
    assert sent(service.request)[2] == {"name": "Research", "slug": "research", "user_id": "ann"}


def test_a_team_is_read_with_its_members(open_client: OpenClient) -> None:
    team = open_client(ScriptedService(answer(TEAM_WITH_MEMBERS))).teams.get("t1")
    bob = Member(id="m1", user_id="bob", email=None, role="member", joined_at=MORNING, invited_by="ann")
    assert team == TeamWithMembers(
        id="t1", name="Research", slug="research", created_at=MORNING, members=(bob,)
    )


def test_a_listed_team_says_how_large_it_is(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(answer({"teams": [{**TEAM, "member_count": 2}]})))
    expected = ListedTeam(id="t1", name="Research", slug="research", created_at=MORNING, member_count=2)
    assert client.teams.list_all() == (expected,)


def test_a_team_is_changed_and_dissolved_by_somebody(open_client: OpenClient) -> None:
    service = ScriptedService(answer(TEAM), httpx2.Response(204))
    client = open_client(service)
    client.teams.update("t1", by="ann", slug="search")
    client.teams.delete("t1", by="a&b")
    assert [sent(one) for one in service.requests] == [
        ("PATCH", "/v1/teams/t1", {"user_id": "ann", "slug": "search"}),
        ("DELETE", "/v1/teams/t1?user_id=a%26b", None),
    ]


def test_a_member_is_added_by_somebody(open_client: OpenClient) -> None:
    service = ScriptedService(answer(MEMBER, 201))
    member = open_client(service).teams.add_member("t1", "bob", by="ann", role="member", email="bob@x.org")
    assert sent(service.request) == (
        "POST",
        "/v1/teams/t1/members",
        {"user_id": "bob", "added_by": "ann", "role": "member", "email": "bob@x.org"},
    )
    assert member == BOB


def test_any_member_can_be_named_in_a_path(open_client: OpenClient) -> None:
    service = ScriptedService(answer(MEMBER), httpx2.Response(204))
    client = open_client(service)
    assert client.teams.change_role("t1", "team/bob", "member", by="ann") == BOB
    client.teams.remove_member("t1", "..", by="team/bob")
    assert [sent(one) for one in service.requests] == [
        ("PATCH", "/v1/teams/t1/members/team%2Fbob", {"role": "member", "changed_by": "ann"}),
        ("DELETE", "/v1/teams/t1/members/%2E%2E?removed_by=team%2Fbob", None),
    ]


def test_an_invitation_is_made_by_somebody(open_client: OpenClient) -> None:
    service = ScriptedService(answer(INVITATION, 201))
    invitation = open_client(service).teams.invite("t1", "bob@example.org", by="ann", role="read_only")
    assert sent(service.request) == (
        "POST",
        "/v1/teams/t1/invitations",
        {"email": "bob@example.org", "invited_by": "ann", "role": "read_only"},
    )
    assert invitation == Invitation(
        id="i1",
        email="bob@example.org",
        role="read_only",
        token="only-once",
        created_at=MORNING,
        expires_at=A_WEEK_LATER,
    )


def test_an_invitation_in_a_log_does_not_show_its_token(open_client: OpenClient) -> None:
    invitation = open_client(ScriptedService(answer(INVITATION))).teams.invite("t1", "b@x.org", by="ann")
    assert invitation.token == "only-once"
    assert "only-once" not in repr(invitation)


def test_an_invitation_is_accepted_by_its_token(open_client: OpenClient) -> None:
    service = ScriptedService(answer(ACCEPTED))
    accepted = open_client(service).teams.accept_invitation("a/b", "bob", email="bob@x.org")
    assert sent(service.request) == (
        "POST",
        "/v1/invitations/a%2Fb/accept",
        {"user_id": "bob", "email": "bob@x.org"},
    )
    assert accepted == AcceptedInvitation(team_id="t1", role="member")
