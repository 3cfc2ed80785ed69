"""The lanes of recall in dictionaries, every search exact; a lane that is told to fail does."""

from collections.abc import Callable, Sequence

from app.domain.models import Memory
from app.domain.recall import Found, Lane, Likeness, Reached, RouteKind, TermCount
from app.domain.recall import terms as terms_of
from app.errors import Unavailable
from app.ports import CandidatesQuery, Nearest, ReachQuery, ScanQuery, VectorQuery, WordsFound, WordsQuery
from tests.fake_transaction import Records


class InMemoryRecallIndex:
    """`RecallIndex` over records. `failing` lanes raise `Unavailable`."""

    def __init__(self, records: Callable[[], Records], *, failing: frozenset[Lane] = frozenset()) -> None:
        self._records = records
        self.failing = failing

    async def words(self, query: WordsQuery) -> WordsFound:
        self._fail(Lane.WORDS)
        within = self._within(query)
        texts = {one.id: set(terms_of.of_text(f"{one.speaker} {one.title} {one.text}")) for one in within}
        counts: list[TermCount] = []
        for word in query.terms:
            (stem,) = terms_of.of_text(word)
            holding = sum(stem in terms for terms in texts.values())
            counts.append(TermCount(term=word, memories=holding, share=holding / max(1, len(within))))
        stems = {stem for word in query.terms for stem in terms_of.of_text(word)}
        shared = {memory_id: len(stems & terms) for memory_id, terms in texts.items() if stems & terms}
        ordered = sorted(shared, key=lambda memory_id: (-shared[memory_id], memory_id))
        return WordsFound(memory_ids=ordered[: query.limit], terms=counts, size=len(within))

    async def nearest(self, query: VectorQuery) -> Nearest:
        self._fail(Lane.VECTOR)
        within = self._within(query)
        nearest = self._records().neighbours(within, query.vector, query.limit)
        near_ids = [one.memory.id for one in nearest]
        also = [one for one in within if one.id in query.also_ids and one.id not in near_ids]
        told = [*nearest, *self._records().neighbours(also, query.vector, len(also))]
        return Nearest(
            memory_ids=near_ids, found=[Found(memory=one.memory, cosine=one.cosine) for one in told]
        )

    async def nearest_of(self, query: CandidatesQuery, *, limit: int) -> Sequence[str]:
        assert query.vector is not None
        named = [one for one in self._within(query) if one.id in query.memory_ids]
        return [one.memory.id for one in self._records().neighbours(named, query.vector, limit)]

    async def candidates(self, query: CandidatesQuery) -> Sequence[Found]:
        named = [one for one in self._within(query) if one.id in query.memory_ids]
        if query.vector is None:
            return [Found(memory=one, cosine=0.0) for one in named]
        found = self._records().neighbours(named, query.vector, len(named))
        return [Found(memory=one.memory, cosine=one.cosine) for one in found]

    async def reached(self, query: ReachQuery) -> Sequence[Reached]:
        self._fail(Lane.GRAPH)
        reached: list[Reached] = []
        for (tenant_id, _), link in self._records().links.items():
            if tenant_id != query.tenant_id:
                continue
            ends = (link.from_memory_id, link.to_memory_id)
            reached += [
                Reached(
                    memory_id=other,
                    seed_id=seed,
                    kind=RouteKind.LINK,
                    via=link.relationship_type,
                    strength=link.weight,
                )
                for seed, other in (ends, ends[::-1])
                if seed in query.seed_ids and query.relationship_types in (None, [link.relationship_type])
            ]
        return reached[: query.limit]

    async def alike(
        self, *, tenant_id: str, memory_ids: Sequence[str], least_cosine: float
    ) -> Sequence[Likeness]:
        vectors = self._records().vectors
        pairs = [(one, other) for one in memory_ids for other in memory_ids if one < other]
        cosines = [float(vectors[tenant_id, one][0] @ vectors[tenant_id, other][0]) for one, other in pairs]
        return [
            Likeness(one_id=one, other_id=other, cosine=cosine)
            for (one, other), cosine in zip(pairs, cosines, strict=True)
            if cosine >= least_cosine
        ]

    async def scan(self, query: ScanQuery) -> Sequence[Memory]:
        after_id = "" if query.after is None else query.after.id
        later = [one for one in self._within(query) if one.id > after_id]
        return sorted(later, key=lambda one: one.id)[: query.limit]

    def _within(self, query: WordsQuery | VectorQuery | CandidatesQuery | ScanQuery) -> list[Memory]:
        return [
            one
            for one in self._records().memories.values()
            if one.tenant_id == query.tenant_id
            and one.scope_id in query.scope_ids
            and one.status in query.statuses
        ]

    def _fail(self, lane: Lane) -> None:
        if lane in self.failing:
            raise Unavailable(f"The lane {lane} is away")
