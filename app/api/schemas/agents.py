"""Agents on the wire."""

from collections.abc import Iterable
from typing import Annotated, Self, cast

from pydantic import BaseModel, Field

from app.api.schemas.answer import Answer
from app.api.schemas.values import Name, ShownTime, UserId
from app.domain.agents import Agent, AgentChange
from app.services.agents import AgentDraft

_OWNER = "The user who owns the agent."
_AS_RECORDED = "Kept for its owner's information; null where none was given."

Description = Annotated[str | None, Field(max_length=2000, description="What the agent is for.")]
Model = Annotated[str | None, Field(max_length=200, description="The language model that the agent uses.")]
SystemPrompt = Annotated[
    str | None, Field(max_length=10_000, description="What the agent tells its model at the start.")
]


class AgentCreate(BaseModel):
    """An agent to register."""

    name: Name
    owner_id: Annotated[UserId, Field(description=_OWNER)]
    description: Description = None
    model: Model = None
    system_prompt: SystemPrompt = None

    def draft(self) -> AgentDraft:
        """The same in the words of the services."""
        return AgentDraft(
            name=self.name,
            owner_id=self.owner_id,
            description=self.description,
            model=self.model,
            system_prompt=self.system_prompt,
        )


class AgentUpdate(BaseModel):
    """What to change of an agent, at least one member; null takes a value away, and a name cannot be null."""

    # The default is never seen: what was not sent is left out of the change.
    name: Annotated[Name, Field(default_factory=str)]
    description: Description = None
    model: Model = None
    system_prompt: SystemPrompt = None

    def change(self) -> AgentChange:
        """What was sent, and nothing else."""
        return cast(AgentChange, self.model_dump(exclude_unset=True))


class AgentListQuery(BaseModel):
    """Whose agents."""

    owner_id: Annotated[UserId | None, Field(description="Only the agents of this owner.")] = None


class AgentRead(Answer):
    """A registered agent."""

    id: Annotated[str, Field(description="The agent's id; it also serves as a user id in teams.")]
    name: Annotated[str, Field(description="Its name; not unique.")]
    description: Annotated[str | None, Field(description=_AS_RECORDED)]
    owner_id: Annotated[str, Field(description=_OWNER)]
    model: Annotated[str | None, Field(description=_AS_RECORDED)]
    system_prompt: Annotated[str | None, Field(description=_AS_RECORDED)]
    created_at: Annotated[ShownTime, Field(description="When it was registered.")]
    updated_at: Annotated[ShownTime, Field(description="When it was last changed.")]

    @classmethod
    def of(cls, agent: Agent) -> Self:
        """The view of an agent."""
        return cls(
            id=agent.id,
            name=agent.name,
            description=agent.description,
            owner_id=agent.owner_id,
            model=agent.model,
            system_prompt=agent.system_prompt,
            created_at=agent.created_at,
            updated_at=agent.updated_at,
        )


class AgentDetail(AgentRead):
    """A single agent."""

    skills: Annotated[
        list[str], Field(default_factory=list[str], description="Always empty; some clients read it.")
    ]


class AgentList(Answer):
    """Agents, newest first."""

    agents: Annotated[list[AgentRead], Field(description="The agents of the tenant, or of one owner.")]

    @classmethod
    def of(cls, agents: Iterable[Agent]) -> Self:
        """The answer to a listing."""
        return cls(agents=[AgentRead.of(agent) for agent in agents])
