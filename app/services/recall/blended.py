"""The exact best by blended score, from an index that only knows similarity.

The nearest alone are not enough, since a fresh fact of lower similarity can pass a faded one of higher
similarity. So the search widens until a bound proves that nothing left out could be among the results.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.domain import ranking
from app.domain.models import Neighbour
from app.domain.ranking import BlendPolicy, RankedMemory
from app.ports import Clock, LeastFadedQuery, MemorySearch, NearestQuery

_FIRST_NEAREST = 50
_WIDENING = 4
_OLDEST_DAYS = 365_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BlendedSearch:
    """Searches whose results equal those of an exact search of the scopes."""

    search_index: MemorySearch
    clock: Clock
    policy: BlendPolicy

    async def best(self, query: NearestQuery, *, limit: int) -> list[RankedMemory]:
        """The best `limit` active memories by score. Raises: Unavailable."""
        return await self._best(replace(query, limit=max(_FIRST_NEAREST, 2 * limit)), limit=limit)

    async def least_faded(
        self, *, tenant_id: str, scope_ids: Sequence[str], limit: int
    ) -> list[RankedMemory]:
        """The `limit` active memories that have faded least. Raises: Unavailable."""
        now = self.clock.now()
        query = LeastFadedQuery(
            tenant_id=tenant_id,
            scope_ids=scope_ids,
            now=now,
            importance_floor=self.policy.decay.importance_floor,
            limit=limit,
        )
        found = await self.search_index.least_faded(query)
        return ranking.by_decay(found, now=now, policy=self.policy)

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


def _before(now: datetime, days: float) -> datetime | None:
    return now - timedelta(days=days) if days < _OLDEST_DAYS else None
