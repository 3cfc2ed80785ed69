"""Stores sets of questions through the service and asks them, one user after the other."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console
from rich.progress import track

from app.cli.evaluation.recall.rows import DEFAULT, Row
from app.cli.evaluation.recall.service import SettableClock
from app.cli.evaluation.recall.sets import Corpus, Item, Question, QuestionSet
from app.cli.evaluation.recall.wire import Answer, Owned, Wire
from app.errors import Unavailable

_WARM_UP_QUESTIONS = 20

_ITEMS_PER_CALL = 50
"""Few enough that even a cold database on a busy machine ends the transaction in its time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCorpus:
    """A corpus in the service: the id of the memory that holds each key, and the keys that are `lost`.

    Lost is evidence whose memory was replaced, or says something else since it was taken for a duplicate.
    """

    corpus: Corpus
    ids: Mapping[str, str]
    lost: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question, of whom it was asked, and the answer."""

    question: Question
    stored: StoredCorpus
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A service with a clock that follows what is stored and asked."""

    wire: Wire
    clock: SettableClock
    console: Console

    async def stored(self, chosen: QuestionSet) -> list[StoredCorpus]:
        """Store every memory of a set. Raises: Unavailable."""
        return [
            stored
            for moment, corpora in groupby(chosen.corpora, key=lambda one: one.now)
            for stored in await self._stored(list(corpora), f"{chosen.name}: storing until {moment:%Y-%m-%d}")
        ]

    async def asked(self, corpora: Sequence[StoredCorpus], row: Row, *, what: str) -> list[Asked]:
        """Ask every question, one at a time. Raises: Unavailable."""
        pairs = [(stored, question) for stored in corpora for question in stored.corpus.questions]
        found: list[Asked] = []
        for stored, question in track(pairs, f"{what}: {row.name}", console=self.console):
            self.clock.moment = stored.corpus.now
            answer = await self.wire.recall(question.text, user_id=stored.corpus.user_id, row=row)
            found.append(Asked(question=question, stored=stored, answer=answer))
        return found

    async def warm(self, corpora: Sequence[StoredCorpus]) -> None:
        """Ask the first questions without looking at the answers: a database just started may be late."""
        pairs = [(stored, question) for stored in corpora for question in stored.corpus.questions]
        for stored, question in pairs[:_WARM_UP_QUESTIONS]:
            self.clock.moment = stored.corpus.now
            with contextlib.suppress(Unavailable):
                await self.wire.recall(question.text, user_id=stored.corpus.user_id, row=DEFAULT)

    async def _stored(self, corpora: Sequence[Corpus], what: str) -> list[StoredCorpus]:
        # Facts may not lie in the future: what has the same present is stored together.
        self.clock.moment = corpora[0].now
        owned = [Owned(user_id=corpus.user_id, item=item) for corpus in corpora for item in corpus.items]
        ids: list[str] = []
        for start in track(range(0, len(owned), _ITEMS_PER_CALL), what, console=self.console):
            ids += await self.wire.store(owned[start : start + _ITEMS_PER_CALL])
        by_corpus = list(_by_key(corpora, ids))
        return [
            StoredCorpus(corpus=corpus, ids=of_it, lost=await self._lost(corpus, of_it))
            for corpus, of_it in zip(corpora, by_corpus, strict=True)
        ]

    async def _lost(self, corpus: Corpus, ids: Mapping[str, str]) -> frozenset[str]:
        return frozenset(
            [one.key for one in _evidence(corpus) if not await self.wire.holds(ids[one.key], fact=one.fact)]
        )


def _by_key(corpora: Iterable[Corpus], ids: Iterable[str]) -> Iterator[Mapping[str, str]]:
    rest = iter(ids)
    for corpus in corpora:
        yield {item.key: next(rest) for item in corpus.items}


def _evidence(corpus: Corpus) -> list[Item]:
    named = frozenset(key for question in corpus.questions for key in question.gold)
    return [item for item in corpus.items if item.key in named]
