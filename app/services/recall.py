"""Finding: the exact best by blended score, from an index that only knows similarity.

The nearest alone are not enough, since a fresh fact of lower similarity can pass a faded one of higher
similarity. So the search widens until a bound proves that nothing left out could be among the results.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain import context, ranking
from app.domain.models import Neighbour
from app.domain.ranking import BlendPolicy, RankedMemory
from app.ports import Clock, Embedder, LeastFadedQuery, MemorySearch, NearestQuery
from app.services.scoping import Readership, Scoping

_FIRST_NEAREST = 50
_WIDENING = 4
_OLDEST_DAYS = 365_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A search of one user's memories; `limit` at least 1."""

    tenant_id: str
    user_id: str
    query: str
    limit: int
    namespace: str = "default"
    source: str | None = None
    team_id: str | None = None
    include_team: bool = False
    agent_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRequest:
    """Like a search; without a query the least faded memories are taken."""

    tenant_id: str
    user_id: str
    query: str | None
    limit: int
    namespace: str = "default"
    team_id: str | None = None
    include_team: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """A block of text for a prompt, and the memories in it, in the same order."""

    text: str
    ranked: Sequence[RankedMemory]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Searches and contexts; results equal those of an exact search of the scope."""

    search_index: MemorySearch
    embedder: Embedder
    clock: Clock
    scoping: Scoping
    policy: BlendPolicy

    async def search(self, request: SearchRequest) -> list[RankedMemory]:
        """The best `limit` active memories by score.

        Raises: NotFound for an unknown team, Forbidden for who is not a member, Unavailable.
        """
        # Both at once; where the scopes are refused, nobody waits for the vector.
        embedding = asyncio.ensure_future(self.embedder.embed([request.query]))
        try:
            scope_ids = await self.scoping.readable(_readership(request))
            (vector,) = await embedding
        finally:
            embedding.cancel()
        nearest = NearestQuery(
            tenant_id=request.tenant_id,
            scope_ids=scope_ids,
            vector=vector,
            limit=max(_FIRST_NEAREST, 2 * request.limit),
            source=request.source,
        )
        return await self._best(nearest, limit=request.limit)

    async def context(self, request: ContextRequest) -> Context:
        """The best memories as text. Raises: as for a search."""
        if request.query is None:
            ranked = await self._least_faded(request)
        else:
            ranked = await self.search(_as_search(request, request.query))
        return Context(text=context.render(ranked), ranked=ranked)

    async def _best(self, query: NearestQuery, *, limit: int) -> list[RankedMemory]:
        now = self.clock.now()
        pool = list(await self.search_index.nearest(query))
        ranked = ranking.by_score(pool, now=now, policy=self.policy)
        if len(pool) < query.limit:
            return ranked[:limit]
        bound = ranking.similarity(pool[-1].cosine)
        if self._is_proved(ranked, limit, bound):
            return ranked[:limit]
        danger_days = ranking.dangerous_age_days(
            ranked, limit=limit, similarity_bound=bound, policy=self.policy
        )
        fresh = replace(query, refreshed_from=_before(now, danger_days))
        return await self._best_with_fresh(pool, fresh, now=now, limit=limit)

    async def _best_with_fresh(
        self, pool: Sequence[Neighbour], query: NearestQuery, *, now: datetime, limit: int
    ) -> list[RankedMemory]:
        # What is older than `refreshed_from` is already ruled out; of the younger, all those less
        # similar than the last one found remain, until they cannot reach the results or none is left.
        decay_bound: float | None = None
        while True:
            fresh = await self.search_index.nearest(query)
            ranked = ranking.by_score([*pool, *fresh], now=now, policy=self.policy)
            if len(fresh) < query.limit:
                return ranked[:limit]
            bound = ranking.similarity(fresh[-1].cosine)
            if self._is_proved(ranked, limit, bound):
                return ranked[:limit]
            # Memories that came all at once are alike in age: what has faded least of them bounds the rest.
            if decay_bound is None:
                decay_bound = await self._highest_decay(query, now)
            if self._is_proved(ranked, limit, bound, decay_bound):
                return ranked[:limit]
            query = replace(query, limit=query.limit * _WIDENING)

    def _is_proved(
        self,
        ranked: Sequence[RankedMemory],
        limit: int,
        similarity_bound: float,
        decay_bound: float = 1.0,
    ) -> bool:
        return ranking.outranks_unseen(
            ranked,
            limit=limit,
            similarity_bound=similarity_bound,
            decay_bound=decay_bound,
            policy=self.policy,
        )

    async def _highest_decay(self, query: NearestQuery, now: datetime) -> float:
        least_faded = LeastFadedQuery(
            tenant_id=query.tenant_id,
            scope_ids=query.scope_ids,
            now=now,
            importance_floor=self.policy.decay.importance_floor,
            limit=1,
            refreshed_from=query.refreshed_from,
        )
        found = await self.search_index.least_faded(least_faded)
        return max((one.decay for one in ranking.by_decay(found, now=now, policy=self.policy)), default=1.0)

    async def _least_faded(self, request: ContextRequest) -> list[RankedMemory]:
        now = self.clock.now()
        query = LeastFadedQuery(
            tenant_id=request.tenant_id,
            scope_ids=await self.scoping.readable(_readership(request)),
            now=now,
            importance_floor=self.policy.decay.importance_floor,
            limit=request.limit,
        )
        found = await self.search_index.least_faded(query)
        return ranking.by_decay(found, now=now, policy=self.policy)


def _readership(request: SearchRequest | ContextRequest) -> Readership:
    return Readership(
        tenant_id=request.tenant_id,
        user_id=request.user_id,
        namespace=request.namespace,
        team_id=request.team_id if request.include_team else None,
        source=request.source if isinstance(request, SearchRequest) else None,
        agent_id=request.agent_id if isinstance(request, SearchRequest) else None,
    )


def _as_search(request: ContextRequest, query: str) -> SearchRequest:
    return SearchRequest(
        tenant_id=request.tenant_id,
        user_id=request.user_id,
        query=query,
        limit=request.limit,
        namespace=request.namespace,
        team_id=request.team_id,
        include_team=request.include_team,
    )


def _before(now: datetime, days: float) -> datetime | None:
    return now - timedelta(days=days) if days < _OLDEST_DAYS else None
