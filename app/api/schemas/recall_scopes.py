"""Which memories a question ranges over, on the wire."""

from typing import Annotated, TypeAlias

from pydantic import BaseModel, Field

from app.api.schemas.values import Namespace, UserId
from app.errors import InvalidInput
from app.services.recall import ScopeWanted

_Space: TypeAlias = Annotated[str, Field(min_length=1, max_length=200)]


class RecallScope(BaseModel):
    """A user's memories, what an agent knows of a user, what a team shares with a member, or a space."""

    user_id: Annotated[
        UserId | None,
        Field(description="Whose memories; with an agent, whom it knows; with a team, the member who asks."),
    ] = None
    namespace: Annotated[
        Namespace | None, Field(description="Which of their memories; `default` if not given.")
    ] = None
    agent_id: Annotated[str | None, Field(description="The agent whose own memories to look at.")] = None
    team_id: Annotated[
        str | None, Field(description="The team whose memories to look at, beside the user's own.")
    ] = None
    space: Annotated[
        _Space | None, Field(description="A space's id or its name; goes with nothing else.")
    ] = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is named."""
        return not self._named("user_id", "namespace", "agent_id", "team_id", "space")

    def wanted(self, *, within: str = "") -> ScopeWanted:
        """The same in the words of the services; `within` goes before the fields' names in refusals.

        Raises: InvalidInput for a scope that names nobody, or parts that do not go together.
        """
        if self.space is not None:
            for name in self._named("user_id", "namespace", "agent_id", "team_id"):
                raise _unsound(within + name, "must not be given together with space")
            return ScopeWanted(space=self.space)
        if self.user_id is None:
            raise _unsound(f"{within}user_id", "is required without space")
        if self.agent_id is not None and self.team_id is not None:
            raise _unsound(f"{within}team_id", "must not be given together with agent_id")
        return ScopeWanted(
            user_id=self.user_id,
            namespace=self.namespace or "default",
            agent_id=self.agent_id,
            team_id=self.team_id,
        )

    def _named(self, *names: str) -> list[str]:
        return [name for name in names if getattr(self, name) is not None]


def _unsound(name: str, reason: str) -> InvalidInput:
    return InvalidInput(f"{name} {reason}", fields={name: reason})
