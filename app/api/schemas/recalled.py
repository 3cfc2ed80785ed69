"""Answers of recall on the wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.answer import Answer
from app.api.schemas.explanations import ExplanationRead
from app.api.schemas.values import ShownNumber, ShownTime
from app.domain.models import FOREVER, Memory, MemoryStatus
from app.domain.recall import Hit, Part
from app.services.recall import Degraded, LeftOut, Recalled, Stage


def _is_absent(value: object) -> bool:
    return value is None


class PredecessorRead(Answer):
    """A memory that one of the results took the place of, directly or through others."""

    id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="The text, verbatim.")]
    created_at: Annotated[ShownTime, Field(description="When the fact began to hold.")]
    valid_to: Annotated[ShownTime | None, Field(description="When it ceased to hold; null if that is open.")]
    recorded_at: Annotated[ShownTime, Field(description="When it was stored.")]
    retired_at: Annotated[ShownTime | None, Field(description="When it was let go; null if it was not.")]

    @classmethod
    def of(cls, memory: Memory) -> Self:
        """The answer's view of a predecessor."""
        return cls(
            id=memory.id,
            fact=memory.text,
            created_at=memory.valid_from,
            valid_to=_ended(memory.valid_to),
            recorded_at=memory.recorded_at,
            retired_at=_ended(memory.retired_at),
        )


class RecalledMemory(Answer):
    """A memory that answers the question, with the numbers that placed it."""

    id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="The text, verbatim.")]
    title: Annotated[str | None, Field(description="The name of what it is about.")]
    speaker: Annotated[str | None, Field(description="Who said it.")]
    conversation_id: Annotated[str | None, Field(description="The conversation in which it was said.")]
    user_id: Annotated[str | None, Field(description="Whose memory it is; null for one of a space.")]
    agent_id: Annotated[str | None, Field(description="The agent whose memory it is.")]
    team_id: Annotated[str | None, Field(description="The team it is shared with.")]
    space_id: Annotated[str | None, Field(description="The space it lies in.")]
    namespace: Annotated[str, Field(description="The namespace it lies in.")]
    source: Annotated[str, Field(description="Where it came from.")]
    importance: Annotated[ShownNumber, Field(description="From 0 to 1.")]
    created_at: Annotated[ShownTime, Field(description="When the fact began to hold.")]
    valid_to: Annotated[ShownTime | None, Field(description="When it ceased to hold; null if that is open.")]
    status: Annotated[
        MemoryStatus,
        Field(description="`active`; with `as_of` or `known_at` also `superseded` or `deleted` since then."),
    ]
    metadata: Annotated[dict[str, object], Field(description="What was given with it.")]
    similarity: Annotated[ShownNumber, Field(description="How close it is to the query, from 0 to 1.")]
    decay_score: Annotated[ShownNumber, Field(description="From 1, fresh, towards 0, faded.")]
    score: Annotated[ShownNumber, Field(description="From 0 to 1; what the results are ordered by.")]
    history: Annotated[
        list[PredecessorRead] | None,
        Field(
            description="Those that it took the place of, newest first; with `history`.",
            exclude_if=_is_absent,
        ),
    ] = None
    explanation: Annotated[
        ExplanationRead | None,
        Field(description="What brought it here; with `explain`.", exclude_if=_is_absent),
    ] = None

    @classmethod
    def of(cls, hit: Hit, *, history: Sequence[Memory] | None, explain: bool) -> Self:
        """The answer's view of a hit."""
        memory = hit.memory
        return cls(
            id=memory.id,
            fact=memory.text,
            title=memory.title or None,
            speaker=memory.speaker or None,
            conversation_id=memory.conversation_id,
            user_id=memory.user_id or None,
            agent_id=memory.agent_id,
            team_id=memory.team_id,
            space_id=memory.space_id,
            namespace=memory.namespace,
            source=memory.source,
            importance=memory.importance,
            created_at=memory.valid_from,
            valid_to=_ended(memory.valid_to),
            status=memory.status,
            metadata=dict(memory.metadata),
            similarity=hit.similarity,
            decay_score=hit.decay,
            score=hit.score,
            history=None if history is None else [PredecessorRead.of(one) for one in history],
            explanation=ExplanationRead.of(hit) if explain else None,
        )


class DegradedRead(Answer):
    """A lane, or the reranker, that the answer was made without."""

    lane: Annotated[Part, Field(description="The lane, or `reranker`.")]
    reason: Annotated[str, Field(description="Why it is missing, in words.")]

    @classmethod
    def of(cls, degraded: Degraded) -> Self:
        """The answer's view of what is missing."""
        return cls(lane=degraded.lane, reason=degraded.reason)


class LeftOutRead(Answer):
    """A memory that was looked at and does not come back."""

    id: Annotated[str, Field(description="The memory's id.")]
    stage: Annotated[Stage, Field(description="Where it fell out.")]
    reason: Annotated[str, Field(description="Why, in words.")]
    score: Annotated[ShownNumber | None, Field(description="Its score; null where it came to none.")]
    rank: Annotated[int | None, Field(description="Its place, from 1; null where it came to none.")]

    @classmethod
    def of(cls, left_out: LeftOut) -> Self:
        """The answer's view of a memory that was left out."""
        return cls(
            id=left_out.memory.id,
            stage=left_out.stage,
            reason=left_out.reason,
            score=left_out.score,
            rank=left_out.rank,
        )


class RecallResults(Answer):
    """The memories that answer a question, best first."""

    results: Annotated[list[RecalledMemory], Field(description="At most `limit` memories, by score.")]
    degraded: Annotated[
        list[DegradedRead], Field(description="Lanes that failed or took too long; empty when all is well.")
    ]
    context: Annotated[
        str | None,
        Field(
            description="The results as a block of text for a prompt; with `token_budget`.",
            exclude_if=_is_absent,
        ),
    ] = None
    tokens: Annotated[
        int | None,
        Field(
            description="How many tokens the block has, estimated; with `token_budget`.",
            exclude_if=_is_absent,
        ),
    ] = None
    left_out: Annotated[
        list[LeftOutRead] | None,
        Field(
            description="Memories that were looked at and do not come back, nearest first; with `explain`.",
            exclude_if=_is_absent,
        ),
    ] = None

    @classmethod
    def of(cls, recalled: Recalled, *, history: bool, explain: bool) -> Self:
        """The answer to a question."""
        return cls(
            results=[
                RecalledMemory.of(
                    hit,
                    history=recalled.histories.get(hit.memory.id, ()) if history else None,
                    explain=explain,
                )
                for hit in recalled.hits
            ],
            degraded=[DegradedRead.of(one) for one in recalled.degraded],
            context=recalled.context,
            tokens=recalled.tokens,
            left_out=[LeftOutRead.of(one) for one in recalled.left_out] if explain else None,
        )


def _ended(moment: datetime) -> datetime | None:
    return None if moment == FOREVER else moment
