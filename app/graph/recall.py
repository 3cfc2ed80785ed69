"""What recall asks of Neo4j: memories by words and by vector, and all that ranking needs to know of them."""

import re
from collections.abc import Mapping, Sequence

from app.domain.models import Memory, MemoryStatus
from app.domain.recall import Found, Likeness, Reached, TermCount
from app.domain.recall import terms as terms_of
from app.graph import reach, rows
from app.graph.driver import Database, Row
from app.ports import CandidatesQuery, Nearest, ReachQuery, ScanQuery, VectorQuery, WordsFound, WordsQuery

_WORD = re.compile(r"[^\W_]+")
_HITS, _FEWEST_HITS = 300, 40
"""How many hits are asked for in all, and at least of one word.

Each takes 3 µs to look at. A word with more is too common to tell memories apart by itself; with twice as
many, R@10 is the same.
"""
_SAMPLED = 400
"""How many memories of a scope are counted; what is estimated beyond is off by 1 / √400 = 5 %."""
_BEAM = 500
"""How many hits the vector index looks for before the nearest are kept; all 40 nearest of 31,000 are in."""
_HITS_PER_MEMORY = 2
"""A turn is in the index itself and with its neighbours; both are often among the nearest."""
_WIDENING = 4
_PASSAGES = 12
_SCOPES_AT_ONCE = 20
_SHORT_STEM = 4


class RecallIndex:
    """`app.ports.RecallIndex` on Neo4j."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def words(self, query: WordsQuery) -> WordsFound:
        """The memories by words. Raises: Unavailable; ValueError for what is no plain word."""
        if not query.terms:
            return WordsFound(memory_ids=[], terms=[], size=0)
        (answer,) = await self._database.read(
            "recall/words",
            tenant_id=query.tenant_id,
            scope_ids=list(query.scope_ids),
            statuses=_values(query.statuses),
            terms=[_term_parameter(one) for one in query.terms],
            hits_per_term=max(_FEWEST_HITS, _HITS // len(query.terms)),
            sampled=_SAMPLED,
            limit=query.limit,
        )
        size = answer["size"]
        return WordsFound(
            memory_ids=answer["memory_ids"],
            terms=[_term_count(row, size) for row in answer["terms"]],
            size=size,
        )

    async def nearest(self, query: VectorQuery) -> Nearest:
        """The nearest, and what was named."""
        hits = _HITS_PER_MEMORY * query.limit
        while True:
            answer = await self._found(_around(query), hits=hits, limit=query.limit)
            if len(answer["nearest_ids"]) >= query.limit or answer["looked_at"] < hits:
                return Nearest(memory_ids=answer["nearest_ids"], found=_found(answer))
            hits *= _WIDENING

    async def nearest_of(self, query: CandidatesQuery, *, limit: int) -> Sequence[str]:
        """The same among the memories that the query names; ValueError without a vector."""
        if query.vector is None:
            raise ValueError("there is nothing to be near to without a vector")
        (answer,) = await self._database.read("recall/nearest_of", limit=limit, **_parameters(query))
        return answer["memory_ids"]

    async def candidates(self, query: CandidatesQuery) -> Sequence[Found]:
        """What ranking needs to know of the memories."""
        return _found(await self._found(query, hits=0, limit=0))

    async def reached(self, query: ReachQuery) -> Sequence[Reached]:
        """What the graph joins with the seeds, strongest first, then by id."""
        return await reach.reached(self._database, query)

    async def alike(
        self, *, tenant_id: str, memory_ids: Sequence[str], least_cosine: float
    ) -> Sequence[Likeness]:
        """The cosines between these memories, by their ids."""
        (answer,) = await self._database.read(
            "recall/alike",
            tenant_id=tenant_id,
            memory_ids=list(memory_ids),
            least_score=_index_score(least_cosine),
        )
        return [
            Likeness(one_id=row["one_id"], other_id=row["other_id"], cosine=_cosine(row))
            for row in answer["pairs"]
        ]

    async def scan(self, query: ScanQuery) -> Sequence[Memory]:
        """The page after the memory `after`, or the first."""
        start = "" if query.after is None else query.after.scope_id
        scope_ids = sorted(one for one in set(query.scope_ids) if one >= start)
        page: list[Memory] = []
        while scope_ids and len(page) < query.limit:
            page += await self._scan(query, scope_ids[:_SCOPES_AT_ONCE], query.limit - len(page))
            scope_ids = scope_ids[_SCOPES_AT_ONCE:]
        return page

    async def _found(self, query: CandidatesQuery, *, hits: int, limit: int) -> Row:
        (answer,) = await self._database.read(
            "recall/found",
            beam=max(_BEAM, 2 * hits),
            hits=hits,
            limit=limit,
            passages=_PASSAGES,
            **_parameters(query),
        )
        return answer

    async def _scan(self, query: ScanQuery, scope_ids: Sequence[str], limit: int) -> Sequence[Memory]:
        after = query.after
        (answer,) = await self._database.read(
            "recall/scan",
            tenant_id=query.tenant_id,
            scope_ids=list(scope_ids),
            statuses=_values(query.statuses),
            after_scope="" if after is None else after.scope_id,
            after_hash="" if after is None else after.content_hash,
            after_id="" if after is None else after.id,
            limit=limit,
        )
        return [rows.memory(row) for row in answer["found"]]


def _around(query: VectorQuery) -> CandidatesQuery:
    return CandidatesQuery(
        tenant_id=query.tenant_id,
        scope_ids=query.scope_ids,
        memory_ids=query.also_ids,
        vector=query.vector,
        statuses=query.statuses,
    )


def _found(answer: Row) -> list[Found]:
    table = (dict(zip(answer["columns"], values, strict=True)) for values in answer["found"])
    return [Found(memory=rows.memory(row), cosine=_cosine(row), passages=row["passages"]) for row in table]


def _parameters(query: CandidatesQuery) -> Mapping[str, object]:
    return {
        "tenant_id": query.tenant_id,
        "scope_ids": list(query.scope_ids),
        "statuses": _values(query.statuses),
        "memory_ids": list(query.memory_ids),
        "vector": None if query.vector is None else rows.vector_parameter(query.vector),
    }


def _values(statuses: Sequence[MemoryStatus]) -> list[str]:
    return [one.value for one in statuses]


def _term_parameter(word: str) -> Mapping[str, str]:
    """A word as the index is asked for it, and the part of it that its other forms have in common."""
    if not _WORD.fullmatch(word):
        raise ValueError(f"{word!r} is no plain word of letters and digits")
    return {"word": word, "root": _root(word)}


def _root(word: str) -> str:
    """What texts with any form of the word contain: its stem, but for a y that the stemmer made an i.

    >>> _root("paintings"), _root("families"), _root("say"), _root("東京")
    ('paint', 'famil', 'say', '東京')
    """
    (stem, *_) = terms_of.of_text(word) or (word,)
    if not stem.endswith("i"):
        return stem
    return stem[:-1] if len(stem) > _SHORT_STEM else word


def _term_count(row: Row, size: int) -> TermCount:
    share = min(1.0, row["memories"] / size) if size else 0.0
    return TermCount(term=row["term"], memories=row["memories"], share=share)


def _cosine(row: Row) -> float:
    # Neo4j's similarity is (1 + cosine) / 2.
    return 2.0 * row["index_score"] - 1.0


def _index_score(cosine: float) -> float:
    return (1.0 + cosine) / 2.0
