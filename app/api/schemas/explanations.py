"""Why a memory has its place among the results of recall, or none, on the wire."""

from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.answer import Answer
from app.api.schemas.values import ShownNumber
from app.domain.recall import Hit, LaneScore, Reached, RouteKind
from app.services.recall import Stage, WhyNot


class RouteRead(Answer):
    """How the graph brought a memory."""

    kind: Annotated[
        RouteKind,
        Field(
            description="A `link` of a client, the neighbouring `turn` of a conversation, or a named thing"
            " that both mention (`entity`)."
        ),
    ]
    via: Annotated[str, Field(description="The type of the edge, or the name of the thing.")]
    from_memory_id: Annotated[
        str | None, Field(description="The memory that led here; null where the question names the thing.")
    ]
    strength: Annotated[
        ShownNumber, Field(description="How much of that memory's score arrived, from 0 to 1.")
    ]

    @classmethod
    def of(cls, reached: Reached) -> Self:
        """The answer's view of a route."""
        return cls(
            kind=reached.kind, via=reached.via, from_memory_id=reached.seed_id, strength=reached.strength
        )


class LaneRead(Answer):
    """Where a lane put a memory."""

    rank: Annotated[int, Field(description="Its place in the lane, from 1.")]
    score: Annotated[ShownNumber, Field(description="What the lane gave it, from 0 to 1.")]

    @classmethod
    def of(cls, score: LaneScore | None) -> Self | None:
        """The answer's view of a lane's score."""
        return None if score is None else cls(rank=score.rank, score=score.signal)


class GraphLaneRead(LaneRead):
    """Where the graph put a memory, and by which route."""

    route: Annotated[RouteRead | None, Field(description="The strongest route to it.")]

    @classmethod
    def by(cls, score: LaneScore | None, route: Reached | None) -> Self | None:
        """The answer's view of what the graph gave."""
        if score is None:
            return None
        shown = None if route is None else RouteRead.of(route)
        return cls(rank=score.rank, score=score.signal, route=shown)


class ExplanationRead(Answer):
    """What brought a memory to its place."""

    vector: Annotated[LaneRead | None, Field(description="By meaning; null where it was not found so.")]
    words: Annotated[LaneRead | None, Field(description="By words; null where it was not found so.")]
    graph: Annotated[GraphLaneRead | None, Field(description="By the graph; null where it was not found so.")]
    speaker_named: Annotated[bool, Field(description="Whether the question names who said it.")]
    put_above: Annotated[
        str | None, Field(description="The older memory much like it that it was put above, for being newer.")
    ]

    reranked: Annotated[
        ShownNumber | None,
        Field(description="What the reranker gave it; null where none is set, or it was not read."),
    ]

    @classmethod
    def of(cls, hit: Hit) -> Self:
        """The answer's view of what ranked a memory."""
        return cls(
            vector=LaneRead.of(hit.lanes.vector),
            words=LaneRead.of(hit.lanes.words),
            graph=GraphLaneRead.by(hit.lanes.graph, hit.route),
            speaker_named=hit.speaker,
            put_above=hit.above,
            reranked=hit.reranked,
        )


class WhyNotRead(Answer):
    """At which stage a memory falls out of the answer to a question."""

    id: Annotated[str, Field(description="The memory's id.")]
    comes_back: Annotated[bool, Field(description="Whether it is among the results after all.")]
    stage: Annotated[Stage | None, Field(description="Where it falls out; null when it comes back.")]
    reason: Annotated[str, Field(description="Why, in words.")]
    rank: Annotated[int | None, Field(description="Its place, from 1; null where it came to none.")]
    score: Annotated[ShownNumber | None, Field(description="Its score; null where it came to none.")]
    explanation: Annotated[
        ExplanationRead | None, Field(description="What ranked it; null where it was not ranked.")
    ]

    @classmethod
    def of(cls, why_not: WhyNot) -> Self:
        """The answer for a memory that is missed."""
        hit = why_not.hit
        return cls(
            id=why_not.memory_id,
            comes_back=why_not.stage is None,
            stage=why_not.stage,
            reason=why_not.reason,
            rank=why_not.rank,
            score=None if hit is None else hit.score,
            explanation=None if hit is None else ExplanationRead.of(hit),
        )
