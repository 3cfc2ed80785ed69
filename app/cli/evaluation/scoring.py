"""What the answers to cases are worth: counts, each beside what it is a share of. Pure functions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.cli.evaluation.cases import Case
from app.services.remember import Action

_ONLY_STORED = frozenset({Action.STORED})
_DETAIL_IS_LOST = "entailed_dup"
"""The category whose stored fact says more than the new one, so that replacing it loses something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the new fact of a case.

    `named` are the positions of the known facts that it duplicates or replaces. `answered_first` says
    whether the question finds it before every fact that it contradicts; None where nothing was asked.
    """

    action: Action
    named: frozenset[int]
    reason: str
    answered_first: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A case with its outcome."""

    case: Case
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """So many of so many."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """In [0, 1]; 0 of none."""
        return self.count / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How well a group of scenarios was judged. `missed` is a share of those where storing is wrong."""

    correct: Count
    wrongly_removed: Count
    missed: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What became of facts that a new one contradicts, and of those beside them."""

    all_superseded: Count
    some_superseded: Count
    other_superseded: Count
    swallowed: Count
    answered_first: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """How often each action was taken for pairs of one label."""

    stored: Count
    duplicate: Count
    replaced: Count


def is_correct(case: Case, outcome: Outcome) -> bool:
    """Whether the action is accepted and names what it has to."""
    if outcome.action not in case.accept:
        return False
    if outcome.action is Action.DUPLICATE:
        return bool(outcome.named & case.targets)
    if outcome.action is Action.REPLACED:
        return outcome.named == case.targets
    return True


def is_wrongly_removed(case: Case, outcome: Outcome) -> bool:
    """Whether something was lost that had to stay: a known fact, a detail of it, or the new one."""
    if outcome.action is Action.DUPLICATE:
        return Action.DUPLICATE not in case.accept
    if outcome.action is not Action.REPLACED:
        return False
    removes_another = bool(outcome.named - case.targets)
    return removes_another or case.accept == _ONLY_STORED or case.category == _DETAIL_IS_LOST


def is_missed(case: Case, outcome: Outcome) -> bool:
    """Whether the new fact was stored beside what it repeats or contradicts."""
    return outcome.action is Action.STORED and Action.STORED not in case.accept


def judged(group: Sequence[Answered]) -> Judged:
    """The figures of a group of scenarios."""
    missable = sum(Action.STORED not in one.case.accept for one in group)
    return Judged(
        correct=_count(is_correct(one.case, one.outcome) for one in group),
        wrongly_removed=_count(is_wrongly_removed(one.case, one.outcome) for one in group),
        missed=Count(count=sum(is_missed(one.case, one.outcome) for one in group), of=missable),
    )


def updated(group: Sequence[Answered]) -> Updated:
    """The figures of a group of updates."""
    pairs = [(one, _superseded(one.outcome)) for one in group]
    return Updated(
        all_superseded=_count(one.case.targets <= named for one, named in pairs),
        some_superseded=_count(bool(one.case.targets & named) for one, named in pairs),
        other_superseded=_count(bool(named - one.case.targets) for one, named in pairs),
        swallowed=_count(one.outcome.action is Action.DUPLICATE for one in group),
        answered_first=_count(one.outcome.answered_first is True for one in group),
    )


def actions(group: Sequence[Answered]) -> Actions:
    """How often each action was taken."""
    taken = Counter(one.outcome.action for one in group)
    return Actions(
        stored=Count(count=taken[Action.STORED], of=len(group)),
        duplicate=Count(count=taken[Action.DUPLICATE], of=len(group)),
        replaced=Count(count=taken[Action.REPLACED], of=len(group)),
    )


def false_merges(group: Sequence[Answered]) -> Count:
    """Of the pairs that are no duplicates, those that were taken for one."""
    different = [one for one in group if Action.DUPLICATE not in one.case.accept]
    return _count(one.outcome.action is Action.DUPLICATE for one in different)


def by_category(group: Iterable[Answered]) -> Mapping[str, Sequence[Answered]]:
    """The answers by the category of their case, in the order in which categories first come."""
    grouped: dict[str, list[Answered]] = {}
    for one in group:
        grouped.setdefault(one.case.category, []).append(one)
    return grouped


def misses(group: Iterable[Answered]) -> Iterator[Answered]:
    """The answers that are wrong."""
    return (one for one in group if not is_correct(one.case, one.outcome))


def comes_first(ranked_ids: Sequence[str], *, new_id: str, old_ids: frozenset[str]) -> bool:
    """Whether the new fact is found, and before all old ones; what is not found comes last.

    >>> comes_first(["new", "other"], new_id="new", old_ids=frozenset({"old"}))
    True
    """
    first = next((one for one in ranked_ids if one == new_id or one in old_ids), None)
    return first == new_id and new_id not in old_ids


def _superseded(outcome: Outcome) -> frozenset[int]:
    return outcome.named if outcome.action is Action.REPLACED else frozenset[int]()


def _count(hits: Iterable[bool]) -> Count:
    found = list(hits)
    return Count(count=sum(found), of=len(found))
