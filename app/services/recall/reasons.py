"""What of a ranking is answered, and the reason for each memory that is not. Pure functions."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain import conditions
from app.domain.models import Memory, MemoryStatus
from app.domain.recall import Hit
from app.domain.recall.prompt import Block
from app.services.recall.hybrid import Ranked
from app.services.recall.requests import LeftOut, Recalled, RecallRequest, Stage, WhyNot

_MOST_OF_A_STAGE = 10
"""How many memories of one stage an explained answer names."""


def held(memory: Memory, request: RecallRequest) -> bool:
    """Whether the memory is of the times that were asked for; each interval ends before its end."""
    as_of, known_at = request.as_of, request.known_at
    if as_of is not None and not memory.valid_from <= as_of < memory.valid_to:
        return False
    return known_at is None or memory.recorded_at <= known_at < memory.retired_at


def chosen(ranked: Ranked, request: RecallRequest) -> tuple[Sequence[Hit], Sequence[LeftOut]]:
    """The hits to answer with, and, where an explanation is wanted, the nearest that are not."""
    enough = [hit for hit in ranked.hits if hit.score >= request.min_score]
    if not request.explain:
        return enough[: request.limit], ()
    beyond = [
        LeftOut(
            memory=hit.memory,
            stage=Stage.LIMIT,
            reason=_beyond(rank, request),
            score=hit.score,
            rank=rank,
        )
        for rank, hit in enumerate(enough, 1)
        if rank > request.limit
    ]
    weak = [
        LeftOut(memory=hit.memory, stage=Stage.MIN_SCORE, reason=_too_weak(hit, request), score=hit.score)
        for hit in ranked.hits
        if hit.score < request.min_score
    ]
    refused = [
        LeftOut(memory=memory, stage=_refusing(memory, request), reason=_refusal(memory, request))
        for memory in ranked.refused
    ]
    return enough[: request.limit], [
        *beyond[:_MOST_OF_A_STAGE],
        *weak[:_MOST_OF_A_STAGE],
        *refused[:_MOST_OF_A_STAGE],
    ]


def within_budget(recalled: Recalled, block: Block) -> Recalled:
    """The same answer, cut to what the block has room for."""
    cut = [
        LeftOut(
            memory=hit.memory,
            stage=Stage.TOKEN_BUDGET,
            reason="It does not fit into what token_budget leaves",
            score=hit.score,
        )
        for hit in block.left_out
    ]
    return replace(
        recalled,
        hits=block.shown,
        context=block.text,
        tokens=block.tokens,
        left_out=[*cut, *recalled.left_out],
    )


def before_ranking(memory: Memory, request: RecallRequest, scope_ids: Sequence[str]) -> WhyNot | None:
    """Why a memory is not even looked at, if it is not."""
    if memory.scope_id not in scope_ids:
        return WhyNot(
            memory_id=memory.id, stage=Stage.SCOPE, reason="It lies in none of the scopes that were asked"
        )
    timeless = request.as_of is None and request.known_at is None
    if timeless and memory.status is MemoryStatus.SUPERSEDED:
        return WhyNot(
            memory_id=memory.id, stage=Stage.SUPERSEDED, reason=f"It was replaced by {memory.replaced_by}"
        )
    if held(memory, request) and conditions.keeps(request.condition, memory):
        return None
    return WhyNot(memory_id=memory.id, stage=_refusing(memory, request), reason=_refusal(memory, request))


def after_ranking(memory: Memory, ranked: Ranked, request: RecallRequest) -> WhyNot:
    """Where a memory that may come back ends up."""
    places = {hit.memory.id: (rank, hit) for rank, hit in enumerate(ranked.hits, 1)}
    if memory.id not in places:
        return WhyNot(memory_id=memory.id, stage=Stage.LANES, reason=_not_found(ranked))
    rank, hit = places[memory.id]
    stage, reason = None, f"It comes back at rank {rank}"
    if hit.score < request.min_score:
        stage, reason = Stage.MIN_SCORE, _too_weak(hit, request)
    elif rank > request.limit:
        stage, reason = Stage.LIMIT, _beyond(rank, request)
    return WhyNot(memory_id=memory.id, stage=stage, reason=reason, rank=rank, hit=hit)


def _not_found(ranked: Ranked) -> str:
    least = min((hit.similarity for hit in ranked.hits), default=0.0)
    left = "".join(f"; {one.lane} was left out: {one.reason}" for one in ranked.degraded)
    return (
        f"No lane brought it: {len(ranked.hits)} others are nearer by vector (the last with similarity"
        f" {least:.2f}), share rarer words with the question, or hang together with the best of them{left}"
    )


def _beyond(rank: int, request: RecallRequest) -> str:
    return f"It has rank {rank}, and the limit is {request.limit}"


def _too_weak(hit: Hit, request: RecallRequest) -> str:
    return f"Its score {hit.score:.4f} is below min_score {request.min_score:g}"


def _refusing(memory: Memory, request: RecallRequest) -> Stage:
    return Stage.FILTER if held(memory, request) else Stage.TIME


def _refusal(memory: Memory, request: RecallRequest) -> str:
    if held(memory, request):
        return "The filter does not let it through"
    if request.as_of is not None and not memory.valid_from <= request.as_of < memory.valid_to:
        return f"It held from {memory.valid_from.isoformat()} until {memory.valid_to.isoformat()}"
    return f"It was known from {memory.recorded_at.isoformat()} until {memory.retired_at.isoformat()}"
