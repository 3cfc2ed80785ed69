"""Runs cases through the service, each as a user of its own, many in one call."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.console import Console
from rich.progress import track

from app.cli.evaluation import scoring
from app.cli.evaluation.cases import Case, CaseFile
from app.cli.evaluation.scoring import Answered, Outcome
from app.domain.admission import OnConflict
from app.errors import LociError
from app.services import Services
from app.services.recall import SearchRequest
from app.services.remember import Action, Draft, Remembered

_FACTS_PER_CALL = 125
"""One transaction of the service: on a busy machine, more would wait for the embedding model too long."""

_QUESTIONS_AT_ONCE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """All answers to a file; `merged` known facts were taken for duplicates of others known before."""

    file: CaseFile
    answers: Sequence[Answered]
    merged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A service with an empty database; cases of one file share it and see nothing of each other."""

    services: Services
    tenant_id: str
    console: Console

    async def result_of(self, file: CaseFile) -> Result:
        """Store the known facts, then the new ones, then ask. Raises: LociError."""
        # What is known stands side by side, as the cases say, whatever the judge would make of it.
        known = await self._stored(
            [self._draft(file, case, text, OnConflict.KEEP) for case in file.cases for text in case.existing],
            f"{file.name}: known facts",
        )
        remembered = await self._stored(
            [self._draft(file, case, case.incoming, OnConflict.REPLACE) for case in file.cases],
            f"{file.name}: new facts",
        )
        ids = list(_of_each(file.cases, known))
        outcomes = [_outcome(*each) for each in zip(ids, remembered, strict=True)]
        if any(case.question is not None for case in file.cases):
            outcomes = await self._asked(file, ids, remembered, outcomes)
        answers = [
            Answered(case=case, outcome=outcome) for case, outcome in zip(file.cases, outcomes, strict=True)
        ]
        merged = sum(one.action is Action.DUPLICATE for one in known)
        return Result(file=file, answers=answers, merged=merged)

    def _draft(self, file: CaseFile, case: Case, text: str, on_conflict: OnConflict) -> Draft:
        return Draft(user_id=_user_id(file, case), text=text, on_conflict=on_conflict)

    async def _stored(self, drafts: Sequence[Draft], what: str) -> list[Remembered]:
        stored: list[Remembered] = []
        for start in track(range(0, len(drafts), _FACTS_PER_CALL), what, console=self.console):
            group = drafts[start : start + _FACTS_PER_CALL]
            for outcome in await self.services.remember.many(group, tenant_id=self.tenant_id):
                if isinstance(outcome, LociError):
                    raise outcome
                stored.append(outcome)
        return stored

    async def _asked(
        self,
        file: CaseFile,
        ids: Sequence[Sequence[str]],
        remembered: Sequence[Remembered],
        outcomes: Sequence[Outcome],
    ) -> list[Outcome]:
        asked: list[Outcome] = []
        starts = range(0, len(file.cases), _QUESTIONS_AT_ONCE)
        for start in track(starts, f"{file.name}: questions", console=self.console):
            numbers = range(start, min(start + _QUESTIONS_AT_ONCE, len(file.cases)))
            first = await asyncio.gather(
                *(self._answers_first(file, file.cases[at], ids[at], remembered[at]) for at in numbers)
            )
            asked += [
                replace(outcomes[at], answered_first=one) for at, one in zip(numbers, first, strict=True)
            ]
        return asked

    async def _answers_first(
        self, file: CaseFile, case: Case, ids: Sequence[str], new: Remembered
    ) -> bool | None:
        if case.question is None:
            return None
        request = SearchRequest(
            tenant_id=self.tenant_id,
            user_id=_user_id(file, case),
            query=case.question,
            limit=len(ids) + 1,
        )
        ranked = await self.services.recall.search(request)
        return scoring.comes_first(
            [one.memory.id for one in ranked],
            new_id=new.memory_id,
            old_ids=frozenset(ids[target] for target in case.targets),
        )


def _user_id(file: CaseFile, case: Case) -> str:
    return f"{file.name}-{case.id}"


def _of_each(cases: Sequence[Case], known: Sequence[Remembered]) -> Iterator[Sequence[str]]:
    rest = iter(known)
    for case in cases:
        yield [next(rest).memory_id for _ in case.existing]


def _outcome(ids: Sequence[str], new: Remembered) -> Outcome:
    named = {new.memory_id} if new.action is Action.DUPLICATE else set(new.replaced_ids)
    # A known fact that was merged into another has its id, and shares its fate.
    positions = frozenset(position for position, memory_id in enumerate(ids) if memory_id in named)
    return Outcome(action=new.action, named=positions, reason=new.reason)
