"""What storing a fact would do: the decision with everything it rests on, and nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain import admission, batches
from app.domain.admission import Candidate, Plan
from app.domain.judge import Comparison
from app.domain.models import Memory, Neighbour
from app.services import remember as remembering
from app.services.remember import Action, Draft, Remember


class CompareAll(Protocol):
    """Compares a text with memories one by one."""

    def __call__(self, text: str, *, among: Sequence[Neighbour]) -> Sequence[Comparison]:
        """One comparison for each memory, nearest first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A stored memory beside the fact."""

    memory: Memory
    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What would become of a fact, and why.

    `memory_id` is the memory that says it already; `replaced_by` the newer one that the fact would be the
    history of from the start.
    """

    action: Action
    memory_id: str | None
    replaced_ids: Sequence[str]
    replaced_by: str | None
    reason: str
    candidates: Sequence[Compared]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Judges facts as `remember` would, by its own judge; `compare_all` says what the judge looked at."""

    remember: Remember
    compare_all: CompareAll

    async def judge(self, draft: Draft, *, tenant_id: str) -> Judgement:
        """What storing the draft would do now. The tenant's limit is not looked at.

        Raises: InvalidInput, NotFound for an unknown team or agent, Forbidden, Unavailable.
        """
        candidate = await self.remember.candidate(draft, tenant_id=tenant_id)
        among = await self.remember.store.compared(
            candidate, tenant_id=tenant_id, limit=remembering.COMPARED_NEIGHBOURS
        )
        tails = await self.remember.store.tails([candidate.memory], tenant_id=tenant_id)
        plan = admission.plan(
            [candidate], known={candidate.memory.id: among}, judge=self.remember.judge, tails=tails
        )
        comparable = [one for one in among if admission.are_comparable(one.memory, candidate.memory)]
        return _judgement(plan, candidate, self._compared(draft.text, comparable))

    def _compared(self, text: str, among: Sequence[Neighbour]) -> list[Compared]:
        by_id = {one.memory.id: one.memory for one in among}
        return [
            Compared(memory=by_id[one.memory_id], comparison=one)
            for one in self.compare_all(text, among=among)
        ]


def _judgement(plan: Plan, candidate: Candidate, candidates: Sequence[Compared]) -> Judgement:
    outcome = batches.only(plan.outcomes)
    newer = (one.new_id for one in plan.superseded if one.old_id == candidate.memory.id)
    return Judgement(
        action=Action.of(outcome),
        memory_id=None if outcome.stored else outcome.memory_id,
        replaced_ids=outcome.replaced_ids,
        replaced_by=next(newer, None),
        reason=outcome.reason,
        candidates=candidates,
    )
