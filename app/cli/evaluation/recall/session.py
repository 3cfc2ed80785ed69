"""One evaluation: store, ask, ask again, restart and ask again, then all anew without the judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rich.console import Console

from app.cli.console import ConsoleProgress
from app.cli.evaluation import disposable
from app.cli.evaluation.recall import rows, service
from app.cli.evaluation.recall.rows import Row, RowsWanted
from app.cli.evaluation.recall.runs import Asked, Run, StoredCorpus
from app.cli.evaluation.recall.service import SettableClock
from app.cli.evaluation.recall.sets import QuestionSet
from app.cli.evaluation.recall.wire import Wire
from app.domain.judge import JudgeKind
from app.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """All answers to a set.

    `answers` by the name of the row; the default row was asked again at once (`repeated`) and after a start
    anew of the service and its database (`restarted`; None where there was none).
    """

    chosen: QuestionSet
    stored: Sequence[StoredCorpus]
    answers: Mapping[str, Sequence[Asked]]
    repeated: Sequence[Asked]
    restarted: Sequence[Asked] | None = None


async def measured(
    chosen: Sequence[QuestionSet], *, wanted: RowsWanted, restarts: bool, console: Console
) -> list[Measured]:
    """The answers to all sets. Raises: StartupError, Unavailable."""
    with ConsoleProgress() as progress:
        opening = _Opening(clock=SettableClock(), console=console, progress=progress)
        async with disposable.prepared(progress=progress) as settings:
            found = await opening.first(settings, chosen, rows.asked(wanted))
            if restarts:
                found = await opening.again(settings, found)
        if wanted is RowsWanted.DEFAULT:
            return found
        async with disposable.prepared(progress=progress) as settings:
            unjudged = settings.model_copy(update={"judge": JudgeKind.OFF})
            return await opening.unjudged(unjudged, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opening:
    clock: SettableClock
    console: Console
    progress: ConsoleProgress

    async def first(
        self, settings: Settings, chosen: Sequence[QuestionSet], asked: Sequence[Row]
    ) -> list[Measured]:
        async with service.served(settings, clock=self.clock, progress=self.progress) as http:
            run = Run(wire=Wire(http=http), clock=self.clock, console=self.console)
            return [await _of_set(run, one, asked) for one in chosen]

    async def again(self, settings: Settings, found: Sequence[Measured]) -> list[Measured]:
        async with service.served(settings, clock=self.clock, progress=self.progress) as http:
            run = Run(wire=Wire(http=http), clock=self.clock, console=self.console)
            return [await _with_restarted(run, one) for one in found]

    async def unjudged(self, settings: Settings, found: Sequence[Measured]) -> list[Measured]:
        async with service.served(settings, clock=self.clock, progress=self.progress) as http:
            run = Run(wire=Wire(http=http), clock=self.clock, console=self.console)
            return [await _with_unjudged(run, one) for one in found]


async def _of_set(run: Run, chosen: QuestionSet, asked: Sequence[Row]) -> Measured:
    stored = await run.stored(chosen)
    await run.warm(stored)
    answers = {row.name: await run.asked(stored, row, what=chosen.name) for row in asked}
    repeated = await run.asked(stored, rows.DEFAULT, what=f"{chosen.name} twice")
    return Measured(chosen=chosen, stored=stored, answers=answers, repeated=repeated)


async def _with_unjudged(run: Run, found: Measured) -> Measured:
    stored = await run.stored(found.chosen)
    await run.warm(stored)
    answers = await run.asked(stored, rows.NO_JUDGE, what=found.chosen.name)
    return replace(found, answers={**found.answers, rows.NO_JUDGE.name: answers})


async def _with_restarted(run: Run, found: Measured) -> Measured:
    await run.warm(found.stored)
    answers = await run.asked(found.stored, rows.DEFAULT, what=f"{found.chosen.name} again")
    return replace(found, restarted=answers)
