"""Ranking by all lanes: gather what they find, let through what may come back, fuse, follow the graph.

Filters and times are looked at memory by memory. Where too few of the pool pass, the pool grows, and at
last all memories of the scopes are read: a filter never leaves an answer short.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain import entities
from app.domain.models import Memory, MemoryStatus, Vector
from app.domain.recall import (
    RERANKER,
    Found,
    Hit,
    Lane,
    RecallPolicy,
    TermCount,
    fusion,
    lookalikes,
    reranking,
)
from app.domain.recall import words as words_of
from app.domain.recall.fusion import Pool
from app.domain.recall.words import Wording
from app.errors import Unavailable
from app.ports import CandidatesQuery, Embedder, ReachQuery, RecallIndex, Reranker, ScanQuery, VectorQuery
from app.services.recall.frequent_terms import FrequentTerms
from app.services.recall.lanes import Answered, Asked, Lanes
from app.services.recall.requests import Degraded, GraphOptions, Keeps

_POOL = 40
"""How many memories each lane may bring. With 30, 60 or 100, R@10 is the same, of chats and of two hops."""
_WIDE_POOL = 1_600
_REACHED = 100
_PAGE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A question with everything decided: `is_selective` says whether `keeps` may refuse anything."""

    tenant_id: str
    scope_ids: Sequence[str]
    question: str
    limit: int
    statuses: Sequence[MemoryStatus]
    keeps: Keeps
    is_selective: bool
    now: datetime
    lanes: frozenset[Lane]
    graph: GraphOptions
    policy: RecallPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """All memories that were ranked, best first; those that were not let through; and the lanes left out."""

    hits: Sequence[Hit]
    refused: Sequence[Memory] = ()
    degraded: Sequence[Degraded] = ()


@dataclass(slots=True, kw_only=True)
class _Gathered:
    found: dict[str, Found] = field(default_factory=dict[str, Found])
    wordings: dict[str, Wording] = field(default_factory=dict[str, Wording])
    refused: dict[str, Memory] = field(default_factory=dict[str, Memory])

    def knows(self, memory_id: str) -> bool:
        return memory_id in self.found or memory_id in self.refused

    def add(self, found: Iterable[Found], *, keeps: Keeps) -> None:
        for one in found:
            if self.knows(one.memory.id):
                continue
            if keeps(one.memory):
                self.found[one.memory.id] = one
                self.wordings[one.memory.id] = words_of.wording(one)
            else:
                self.refused[one.memory.id] = one.memory


@dataclass(frozen=True, slots=True, kw_only=True)
class HybridSearch:
    """Ranks by vectors, words and graph together, then by the reranker. A lane may take `lane_seconds`."""

    index: RecallIndex
    embedder: Embedder
    reranker: Reranker | None = None
    frequent: FrequentTerms = field(default_factory=FrequentTerms)
    lane_seconds: float = 5.0

    async def ranked(self, search: Search) -> Ranked:
        """All that the lanes found and `keeps` lets through, best first. Raises: Unavailable."""
        lanes = Lanes(
            index=self.index, embedder=self.embedder, frequent=self.frequent, seconds=self.lane_seconds
        )
        answered = await lanes.ask(_asked(search), policy=search.policy)
        gathered = await self._gathered(search, answered)
        pool = _pool(gathered, answered, search.policy)
        if Lane.GRAPH in search.lanes:
            pool = await self._with_graph(search, answered, gathered, pool, lanes)
        hits = fusion.rank(pool, question=search.question, now=search.now, policy=search.policy)
        hits = await self._reranked(search, hits, answered.degraded)
        return Ranked(
            hits=await self._newer_first(search, hits),
            refused=list(gathered.refused.values()),
            degraded=answered.degraded,
        )

    async def all_kept(self, search: Search) -> list[Memory]:
        """Every memory of the scopes that `keeps` lets through, in no order. Raises: Unavailable."""
        kept: list[Memory] = []
        query = ScanQuery(
            tenant_id=search.tenant_id, scope_ids=search.scope_ids, statuses=search.statuses, limit=_PAGE
        )
        while True:
            page = await self.index.scan(query)
            kept += filter(search.keeps, page)
            if len(page) < _PAGE:
                return kept
            query = replace(query, after=page[-1])

    async def _gathered(self, search: Search, answered: Answered) -> _Gathered:
        gathered = _Gathered()
        by_words = () if answered.words is None else answered.words.memory_ids
        nearest = answered.nearest
        if nearest is None:
            await self._add(gathered, search, None, by_words)
        else:
            gathered.add(nearest.found, keeps=search.keeps)
        first = by_words if nearest is None else nearest.memory_ids
        if not search.is_selective or sum(one in gathered.found for one in first) >= search.limit:
            return gathered
        if answered.vector is not None and len(first) == _pool_size(search):
            wide = VectorQuery(
                tenant_id=search.tenant_id,
                scope_ids=search.scope_ids,
                vector=answered.vector,
                limit=_WIDE_POOL,
                statuses=search.statuses,
            )
            gathered.add((await self.index.nearest(wide)).found, keeps=search.keeps)
        if len(gathered.found) < search.limit:
            await self._add(gathered, search, answered.vector, await self._rest(search, answered))
        return gathered

    async def _rest(self, search: Search, answered: Answered) -> Sequence[str]:
        """The nearest of all memories that are let through, exactly, however many are not."""
        kept = [one.id for one in await self.all_kept(search)]
        if answered.vector is None or not kept:
            return kept[: _pool_size(search)]
        return await self.index.nearest_of(
            _candidates(search, kept, answered.vector), limit=_pool_size(search)
        )

    async def _add(
        self, gathered: _Gathered, search: Search, vector: Vector | None, memory_ids: Iterable[str]
    ) -> None:
        unknown = [one for one in dict.fromkeys(memory_ids) if not gathered.knows(one)]
        if unknown:
            candidates = await self.index.candidates(_candidates(search, unknown, vector))
            gathered.add(candidates, keeps=search.keeps)

    async def _with_graph(
        self, search: Search, answered: Answered, gathered: _Gathered, pool: Pool, lanes: Lanes
    ) -> Pool:
        query = ReachQuery(
            tenant_id=search.tenant_id,
            scope_ids=search.scope_ids,
            seed_ids=fusion.seeds(pool, policy=search.policy),
            entity_keys=entities.keys_in(search.question),
            relationship_types=search.graph.relationship_types,
            depth=search.graph.depth,
            limit=_REACHED,
        )
        reached = await lanes.within(Lane.GRAPH, self.index.reached(query), answered.degraded)
        if not reached:
            return pool
        await self._add(gathered, search, answered.vector, [one.memory_id for one in reached])
        return replace(_pool(gathered, answered, search.policy), reached=reached)

    async def _reranked(self, search: Search, hits: Sequence[Hit], degraded: list[Degraded]) -> Sequence[Hit]:
        if self.reranker is None:
            return hits
        texts = [reranking.text_of(hit.memory) for hit in hits[: reranking.READ]]
        try:
            return reranking.reranked(hits, await self.reranker.scores(search.question, texts))
        except Unavailable as failure:
            degraded.append(Degraded(lane=RERANKER, reason=str(failure)))
            return hits

    async def _newer_first(self, search: Search, hits: Sequence[Hit]) -> Sequence[Hit]:
        compared = lookalikes.may_be_alike(hits, policy=search.policy)
        if not compared:
            return hits
        alike = await self.index.alike(
            tenant_id=search.tenant_id, memory_ids=compared, least_cosine=search.policy.alike_cosine
        )
        return lookalikes.newer_first(hits, alike, policy=search.policy)


def _asked(search: Search) -> Asked:
    return Asked(
        tenant_id=search.tenant_id,
        scope_ids=search.scope_ids,
        question=search.question,
        statuses=search.statuses,
        lanes=search.lanes,
        limit=_pool_size(search),
    )


def _pool_size(search: Search) -> int:
    return max(_POOL, 2 * search.limit)


def _candidates(search: Search, memory_ids: Sequence[str], vector: Vector | None) -> CandidatesQuery:
    return CandidatesQuery(
        tenant_id=search.tenant_id,
        scope_ids=search.scope_ids,
        memory_ids=memory_ids,
        vector=vector,
        statuses=search.statuses,
    )


def _pool(gathered: _Gathered, answered: Answered, policy: RecallPolicy) -> Pool:
    found = list(gathered.found.values())
    if answered.words is None:
        return Pool(found=found, words={})
    by_word = {one.term: one for one in answered.words.terms}
    counts = [
        TermCount(term=term, memories=by_word[word].memories, share=by_word[word].share)
        for term, word in answered.terms.items()
        if word in by_word
    ]
    raw = words_of.scores(
        list(gathered.wordings.values()),
        counts=counts,
        size=answered.words.size,
        passage_share=policy.passage_share,
    )
    return Pool(found=found, words=raw)
