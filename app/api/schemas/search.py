"""Searches and contexts on the wire."""

from collections.abc import Iterable
from typing import Annotated, Self

from pydantic import AliasChoices, BaseModel, Field, computed_field

from app.api.schemas.answer import Answer
from app.api.schemas.values import (
    Flag,
    Namespace,
    Query,
    ShownNumber,
    ShownTime,
    Source,
    TeamId,
    UpTo20,
    UpTo50,
    UserId,
)
from app.domain.ranking import RankedMemory
from app.services.recall import Context, ContextRequest, SearchRequest

_TEAM = "The team whose memories to search as well; counts only with `include_team`."
_INCLUDE_TEAM = "`true` or `1` includes the team's memories; anything else does not."


class SearchQuery(BaseModel):
    """What to look for, and among which memories."""

    user_id: Annotated[UserId, Field(validation_alias=AliasChoices("user_id", "userId"))]
    q: Annotated[Query, Field(validation_alias=AliasChoices("q", "query"))]
    limit: Annotated[
        UpTo50,
        Field(
            validation_alias=AliasChoices("limit", "top_n"),
            description="How many results at most; clamped into 1 to 50.",
        ),
    ] = 10
    source: Annotated[Source | None, Field(description="Only memories of exactly this source.")] = None
    namespace: Namespace = "default"
    team_id: Annotated[TeamId, Field(description=_TEAM)] = None
    include_team: Annotated[Flag, Field(description=_INCLUDE_TEAM)] = False

    def request(self, tenant_id: str) -> SearchRequest:
        """The same in the words of the services."""
        return SearchRequest(
            tenant_id=tenant_id,
            user_id=self.user_id,
            query=self.q,
            limit=self.limit,
            namespace=self.namespace,
            source=self.source,
            team_id=self.team_id,
            include_team=self.include_team,
        )


class ContextQuery(BaseModel):
    """What a prompt is about, and how many memories may go into it."""

    q: Annotated[
        str | None,
        Field(
            validation_alias=AliasChoices("q", "query"),
            description="What to look for; without it, or blank, the least faded memories are taken.",
        ),
    ] = None
    top_n: Annotated[UpTo20, Field(description="How many memories at most; clamped into 1 to 20.")] = 5
    namespace: Namespace = "default"
    team_id: Annotated[TeamId, Field(description=_TEAM)] = None
    include_team: Annotated[Flag, Field(description=_INCLUDE_TEAM)] = False

    def request(self, tenant_id: str, *, user_id: str) -> ContextRequest:
        """The same in the words of the services; a blank query is none."""
        return ContextRequest(
            tenant_id=tenant_id,
            user_id=user_id,
            query=self.q if self.q and self.q.strip() else None,
            limit=self.top_n,
            namespace=self.namespace,
            team_id=self.team_id,
            include_team=self.include_team,
        )


class Row(Answer):
    """A memory that was found, with the numbers that placed it."""

    id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="The text, verbatim.")]
    importance: Annotated[ShownNumber, Field(description="From 0 to 1.")]
    decay_score: Annotated[ShownNumber, Field(description="From 1, fresh, towards 0, faded.")]
    similarity: Annotated[ShownNumber, Field(description="How close it is to the query, from 0 to 1.")]
    score: Annotated[ShownNumber, Field(description="0.7 similarity + 0.3 decay_score.")]
    source: Annotated[str, Field(description="Where it came from.")]
    namespace: Annotated[str, Field(description="The namespace it lies in.")]
    created_at: Annotated[ShownTime, Field(description="When the fact began to hold.")]
    metadata: Annotated[dict[str, object], Field(description="What was given with it.")]

    @classmethod
    def of(cls, ranked: RankedMemory) -> Self:
        """The view of a memory that was found."""
        memory = ranked.memory
        return cls(
            id=memory.id,
            fact=memory.text,
            importance=memory.importance,
            decay_score=ranked.decay,
            similarity=ranked.similarity,
            score=ranked.score,
            source=memory.source,
            namespace=memory.namespace,
            created_at=memory.valid_from,
            metadata=dict(memory.metadata),
        )


class ContentRow(Row):
    """A row with its text under a second name, as some clients read it."""

    @computed_field(description="Equal to `fact`.")
    @property
    def content(self) -> str:
        """The text under its second name."""
        return self.fact


class SearchResults(Answer):
    """What was found, best first."""

    results: Annotated[list[Row], Field(description="At most `limit` rows, by score.")]

    @classmethod
    def of(cls, ranked: Iterable[RankedMemory]) -> Self:
        """The answer to a search."""
        return cls(results=[Row.of(one) for one in ranked])


class NamedTwiceResults(Answer):
    """What was found, best first, under both names that clients read."""

    results: Annotated[list[ContentRow], Field(description="At most `limit` rows, by score.")]
    memories: Annotated[list[ContentRow], Field(description="The same rows.")]

    @classmethod
    def of(cls, ranked: Iterable[RankedMemory]) -> Self:
        """The answer to a search by POST."""
        rows = [ContentRow.of(one) for one in ranked]
        return cls(results=rows, memories=rows)


class ContextRead(Answer):
    """Memories as a block of text for a prompt."""

    context: Annotated[str, Field(description="One numbered line per memory.")]
    memories: Annotated[list[Row], Field(description="The memories in the text, in its order.")]

    @classmethod
    def of(cls, context: Context) -> Self:
        """The answer to a request for a context."""
        return cls(context=context.text, memories=[Row.of(one) for one in context.ranked])
