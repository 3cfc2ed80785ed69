"""Recall in all its forms: the native one, and the searches of the dialects, over the same index."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.domain import conditions, context, ranking
from app.domain.models import Memory, MemoryStatus, Neighbour
from app.domain.ranking import BlendPolicy, RankedMemory
from app.domain.recall import Hit, LaneScores, RecallPolicy, prompt
from app.errors import NotFound
from app.ports import (
    Clock,
    Embedder,
    MemorySearch,
    MemoryStore,
    NearestQuery,
    RecallIndex,
    Reranker,
    SpaceStore,
)
from app.services.recall import reasons
from app.services.recall.blended import BlendedSearch
from app.services.recall.frequent_terms import FrequentTerms
from app.services.recall.hybrid import HybridSearch, Ranked, Search
from app.services.recall.requests import (
    Context,
    ContextRequest,
    Keeps,
    Recalled,
    RecallRequest,
    SearchRequest,
    WhyNot,
)
from app.services.recall.wanted import WantedScopes
from app.services.scoping import Readership, Scoping

_WIDENING = 4
_OF_ALL_TIMES = (MemoryStatus.ACTIVE, MemoryStatus.SUPERSEDED, MemoryStatus.DELETED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """Finds memories. `blend` ranks for the dialects, `policy` and the reranker for the native recall."""

    index: RecallIndex
    search_index: MemorySearch
    memories: MemoryStore
    spaces: SpaceStore
    embedder: Embedder
    clock: Clock
    scoping: Scoping
    blend: BlendPolicy
    policy: RecallPolicy = field(default_factory=RecallPolicy)
    reranker: Reranker | None = None
    frequent: FrequentTerms = field(default_factory=FrequentTerms)

    async def recall(self, request: RecallRequest) -> Recalled:
        """The memories that answer the question best.

        Raises: InvalidInput for a scope that names nobody, NotFound for an unknown team, agent or space,
        Forbidden for who is not a member, Unavailable.
        """
        ranked = await self._ranked(request, await self._wanted().ids(request.tenant_id, request.scopes))
        chosen, left_out = reasons.chosen(ranked, request)
        recalled = Recalled(hits=chosen, degraded=ranked.degraded, left_out=left_out)
        if request.token_budget is not None:
            recalled = reasons.within_budget(
                recalled, prompt.block(chosen, token_budget=request.token_budget)
            )
        if request.with_history:
            ids = [hit.memory.id for hit in recalled.hits]
            histories = await self.memories.histories(tenant_id=request.tenant_id, memory_ids=ids)
            recalled = replace(recalled, histories=histories)
        return recalled

    async def why_not(self, request: RecallRequest, *, memory_id: str) -> WhyNot:
        """Where a memory falls out of the answer. Without scopes, its own scope is asked.

        Raises: as for recall; NotFound also for unknown, deleted and foreign memories.
        """
        memory = await self.memories.get(tenant_id=request.tenant_id, memory_id=memory_id)
        if memory is None:
            raise NotFound("Memory not found")
        scope_ids = (
            await self._wanted().ids(request.tenant_id, request.scopes)
            if request.scopes
            else [memory.scope_id]
        )
        early = reasons.before_ranking(memory, request, scope_ids)
        if early is not None:
            return early
        return reasons.after_ranking(memory, await self._ranked(request, scope_ids), request)

    async def search(self, request: SearchRequest) -> list[RankedMemory]:
        """The best `limit` active memories by blended score.

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
            limit=request.limit,
            source=request.source,
        )
        return await self._blended().best(nearest, limit=request.limit)

    async def context(self, request: ContextRequest) -> Context:
        """The best memories as text. Raises: as for a search."""
        if request.query is None:
            ranked = await self._blended().least_faded(
                tenant_id=request.tenant_id,
                scope_ids=await self.scoping.readable(_readership(request)),
                limit=request.limit,
            )
        else:
            ranked = await self.search(_as_search(request, request.query))
        return Context(text=context.render(ranked), ranked=ranked)

    async def nearest(self, query: NearestQuery, *, limit: int) -> Sequence[Neighbour]:
        """The nearest by cosine alone, at least `limit` where there are as many, and all equals of the last.

        Raises: Unavailable.
        """
        while True:
            found = await self.search_index.nearest(query)
            if len(found) < query.limit or found[-1].cosine < found[limit - 1].cosine:
                return found
            query = replace(query, limit=query.limit * _WIDENING)

    def _wanted(self) -> WantedScopes:
        return WantedScopes(scoping=self.scoping, spaces=self.spaces)

    def _blended(self) -> BlendedSearch:
        return BlendedSearch(search_index=self.search_index, clock=self.clock, policy=self.blend)

    async def _ranked(self, request: RecallRequest, scope_ids: Sequence[str]) -> Ranked:
        search = self._search(request, scope_ids)
        hybrid = HybridSearch(
            index=self.index, embedder=self.embedder, reranker=self.reranker, frequent=self.frequent
        )
        if request.query is not None:
            return await hybrid.ranked(search)
        if not search.is_selective:
            least = await self._blended().least_faded(
                tenant_id=request.tenant_id, scope_ids=scope_ids, limit=request.limit
            )
            return Ranked(hits=[_unasked(one) for one in least])
        kept = await hybrid.all_kept(search)
        return Ranked(
            hits=[_unasked(one) for one in ranking.by_decay(kept, now=search.now, policy=self.blend)]
        )

    def _search(self, request: RecallRequest, scope_ids: Sequence[str]) -> Search:
        then = request.as_of or request.known_at
        policy = self.policy
        if request.decay_weight is not None:
            policy = replace(policy, decay_weight=request.decay_weight)
        return Search(
            tenant_id=request.tenant_id,
            scope_ids=scope_ids,
            question=request.query or "",
            limit=request.limit,
            statuses=_statuses(request),
            keeps=_keeps(request),
            is_selective=then is not None or request.condition != conditions.ALWAYS,
            now=then or self.clock.now(),
            lanes=request.lanes,
            graph=request.graph,
            policy=policy,
        )


def _keeps(request: RecallRequest) -> Keeps:
    def keeps(memory: Memory) -> bool:
        return reasons.held(memory, request) and conditions.keeps(request.condition, memory)

    return keeps


def _statuses(request: RecallRequest) -> Sequence[MemoryStatus]:
    if request.known_at is not None:
        return _OF_ALL_TIMES
    return _OF_ALL_TIMES[:2] if request.as_of is not None else _OF_ALL_TIMES[:1]


def _unasked(one: RankedMemory) -> Hit:
    return Hit(
        memory=one.memory, score=one.score, similarity=one.similarity, decay=one.decay, lanes=LaneScores()
    )


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
