"""Between rows and the models of agents and teams."""

from collections.abc import Mapping
from typing import Any

from app.domain import agents
from app.domain.agents import Agent, AgentChange
from app.domain.teams import Invitation, Member, Role, Roster, Team, TeamSize
from app.graph import rows
from app.graph.driver import Row


def agent(row: Row) -> Agent:
    """The agent of a row."""
    return Agent(
        id=row["id"],
        tenant_id=row["tenant_id"],
        name=row["name"],
        owner_id=row["owner_id"],
        description=row["description"],
        model=row["model"],
        system_prompt=row["system_prompt"],
        created_at=rows.moment(row["created_at"]),
        updated_at=rows.moment(row["updated_at"]),
    )


def agent_parameters(one: Agent) -> Mapping[str, Any]:
    """A new agent as it is written, one parameter each."""
    return {
        "tenant_id": one.tenant_id,
        "id": one.id,
        "name": one.name,
        "slug": agents.slug(one.name),
        "owner_id": one.owner_id,
        "description": one.description,
        "model": one.model,
        "system_prompt": one.system_prompt,
        "created_at": one.created_at,
        "updated_at": one.updated_at,
    }


def agent_changes(change: AgentChange) -> Mapping[str, Any]:
    """What is written of a change: with the name its slug."""
    return {**change, "slug": agents.slug(change["name"])} if "name" in change else {**change}


def team(row: Row) -> Team:
    """The team of a row."""
    return Team(
        id=row["id"],
        tenant_id=row["tenant_id"],
        name=row["name"],
        slug=row["slug"],
        created_at=rows.moment(row["created_at"]),
    )


def team_size(row: Row) -> TeamSize:
    """The team of a row with the number of its members."""
    return TeamSize(team=team(row), members=row["member_count"])


def roster(row: Row) -> Roster:
    """The team of a row with its members."""
    return Roster(team=team(row), members=[member(one) for one in row["members"]])


def member(row: Row) -> Member:
    """The membership of a row."""
    return Member(
        id=row["id"],
        team_id=row["team_id"],
        user_id=row["user_id"],
        role=Role(row["role"]),
        email=row["email"],
        invited_by=row["invited_by"],
        joined_at=rows.moment(row["joined_at"]),
    )


def member_parameter(one: Member) -> Mapping[str, Any]:
    """A new membership as it is written."""
    return {
        "id": one.id,
        "user_id": one.user_id,
        "role": one.role.value,
        "email": one.email,
        "invited_by": one.invited_by,
        "joined_at": one.joined_at,
    }


def invitation(row: Row) -> Invitation:
    """The invitation of a row."""
    accepted_at = row["accepted_at"]
    return Invitation(
        id=row["id"],
        tenant_id=row["tenant_id"],
        team_id=row["team_id"],
        token_digest=row["token_digest"],
        email=row["email"],
        role=Role(row["role"]),
        invited_by=row["invited_by"],
        created_at=rows.moment(row["created_at"]),
        expires_at=rows.moment(row["expires_at"]),
        accepted_at=None if accepted_at is None else rows.moment(accepted_at),
    )


def invitation_parameters(one: Invitation) -> Mapping[str, Any]:
    """A new invitation as it is written, one parameter each."""
    return {
        "tenant_id": one.tenant_id,
        "team_id": one.team_id,
        "id": one.id,
        "token_digest": one.token_digest,
        "email": one.email,
        "role": one.role.value,
        "invited_by": one.invited_by,
        "created_at": one.created_at,
        "expires_at": one.expires_at,
    }
