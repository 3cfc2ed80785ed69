"""Admission over whatever a judge may say: nothing is lost, nothing goes round in a circle.

The judges here are drawn: any opinion on any pair, but always the same one, as `admission.Judge` promises.
"""

import dataclasses
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.domain import admission
from app.domain import judge as judging
from app.domain.admission import Admitted, Candidate, Judge, OnConflict, Plan, Room
from app.domain.judge import Comparison, JudgePolicy, Keep, Merge, Ruling, Supersede, Verdict
from app.domain.models import Memory, MemoryStatus, Neighbour
from app.errors import QuotaExceeded
from tests.unit.domain import making

SCOPES: Sequence[Mapping[str, str | None]] = (
    {"scope_id": "ann", "team_id": None, "namespace": "default"},
    {"scope_id": "bob", "team_id": None, "namespace": "default"},
    {"scope_id": "ann-in-red", "team_id": "red", "namespace": "default"},
    {"scope_id": "bob-in-red", "team_id": "red", "namespace": "default"},
    {"scope_id": "ann-in-red-work", "team_id": "red", "namespace": "work"},
)
VERDICTS = (Verdict.SAME, Verdict.REPLACES, Verdict.REPLACES, Verdict.SUSPICIOUS, Verdict.DIFFERENT)
SENTENCES = (
    "Lives in Oslo",
    "Lives in New York",
    "Lives in New York City",
    "No longer lives in Oslo",
    "Likes tea",
    "Does not like tea",
    "The deadline is May 3",
    "The deadline is May 4",
    "Works at Acme",
    "Works at Globex since 2024",
    "Allergic to peanuts",
    "🙂",
)


def opinionated(seed: int) -> Judge:
    """A judge with an opinion of its own on every pair of texts."""

    def judge(text: str, *, among: Sequence[Neighbour]) -> Ruling:
        ordered = sorted(among, key=lambda one: (-one.cosine, one.memory.id))
        compared = [_opinion(seed, text, one) for one in ordered]
        found = {verdict: [one for one in compared if one.verdict is verdict] for verdict in Verdict}
        if found[Verdict.SAME]:
            return Merge(into=found[Verdict.SAME][0].memory_id, reason="same")
        if found[Verdict.REPLACES]:
            return Supersede(targets=found[Verdict.REPLACES], reason="replaces")
        return Keep(reason="new", suspects=found[Verdict.SUSPICIOUS])

    return judge


def _opinion(seed: int, text: str, one: Neighbour) -> Comparison:
    verdict = Random(f"{seed} {text} {one.memory.text}").choice(VERDICTS)  # noqa: S311  # no secret
    if text == one.memory.text:
        verdict = Verdict.SAME
    return Comparison(memory_id=one.memory.id, verdict=verdict, reason="drawn", cosine=one.cosine)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    text: str
    scope: int = 0
    age_days: int = 0
    on_conflict: OnConflict = OnConflict.REPLACE


@dataclass(slots=True, kw_only=True)
class Stored:
    """All memories ever written, as a database would hold them."""

    memories: dict[str, Memory] = field(default_factory=dict[str, Memory])
    replaced_by: dict[str, str] = field(default_factory=dict[str, str])
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def active(self) -> list[Memory]:
        return [one for one in self.memories.values() if one.status is MemoryStatus.ACTIVE]

    def candidates(self, facts: Sequence[Fact]) -> list[Candidate]:
        return [_candidate(f"m{next(self.numbers):03}", fact) for fact in facts]

    def known(self, candidates: Sequence[Candidate]) -> dict[str, list[Neighbour]]:
        return {
            candidate.memory.id: [
                making.neighbour(one, float(_vector(one.text) @ candidate.vector))
                for one in self.active()
                if _room(one) == _room(candidate.memory)
            ]
            for candidate in candidates
        }

    def admit(self, facts: Sequence[Fact], judge: Judge, *, limit: int | None = None) -> Plan:
        candidates = self.candidates(facts)
        room = None if limit is None else Room(limit=limit, used=len(self.active()))
        plan = admission.plan(candidates, known=self.known(candidates), judge=judge, room=room)
        self._apply(plan)
        return plan

    def _apply(self, plan: Plan) -> None:
        for candidate in plan.created:
            assert candidate.memory.id not in self.memories
            self.memories[candidate.memory.id] = candidate.memory
        for one in plan.refreshed:
            assert one.id in self.memories
            self.memories[one.id] = one
        for one in plan.superseded:
            assert one.old_id not in self.replaced_by
            self.replaced_by[one.old_id] = one.new_id
            history = dataclasses.replace(self.memories[one.old_id], status=MemoryStatus.SUPERSEDED)
            self.memories[one.old_id] = history


def _candidate(memory_id: str, fact: Fact) -> Candidate:
    memory = making.memory(memory_id, text=fact.text, age_days=float(fact.age_days))
    placed = dataclasses.replace(memory, **SCOPES[fact.scope])
    return Candidate(memory=placed, vector=_vector(fact.text), on_conflict=fact.on_conflict)


def _vector(text: str) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    angle = SENTENCES.index(text) / 20
    return np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)


def _room(one: Memory) -> tuple[str | None, ...]:
    return (one.scope_id,) if one.team_id is None else (one.team_id, one.namespace)


def _summary(plan: Plan) -> object:
    return (
        [str(one) for one in plan.outcomes],
        [one.memory for one in plan.created],
        plan.refreshed,
        plan.superseded,
        plan.suspected,
    )


facts = st.builds(
    Fact,
    text=st.sampled_from(SENTENCES),
    scope=st.integers(0, len(SCOPES) - 1),
    age_days=st.integers(0, 3),
    on_conflict=st.sampled_from([OnConflict.REPLACE, OnConflict.REPLACE, OnConflict.KEEP, OnConflict.ASK]),
)
groups = st.lists(st.lists(facts, min_size=1, max_size=5), min_size=1, max_size=4)
drawn_judges = st.integers(0, 10_000).map(opinionated)
real_judge: Judge = partial(judging.decide, policy=JudgePolicy())
judges = st.one_of(drawn_judges, st.just(real_judge))


@given(groups, facts, judges, st.randoms(use_true_random=False))
def test_a_plan_is_the_same_again_whatever_the_order_of_what_is_known(
    before: list[list[Fact]], fact: Fact, judge: Judge, random: Random
):
    stored = Stored()
    for group in before:
        stored.admit(group, judge)
    candidates = stored.candidates([fact, *before[0]])
    known = stored.known(candidates)
    shuffled = {candidate_id: random.sample(among, len(among)) for candidate_id, among in known.items()}

    first = admission.plan(candidates, known=known, judge=judge)
    assert _summary(admission.plan(candidates, known=known, judge=judge)) == _summary(first)
    assert _summary(admission.plan(candidates, known=shuffled, judge=judge)) == _summary(first)


@given(groups, facts, judges)
def test_a_fact_of_today_stored_twice_changes_nothing_the_second_time(
    before: list[list[Fact]], fact: Fact, judge: Judge
):
    stored = Stored()
    for group in before:
        stored.admit(group, judge)
    today = dataclasses.replace(fact, age_days=0)
    first = stored.admit([today], judge)
    held_by = [one.memory_id for one in first.outcomes if isinstance(one, Admitted)]
    again = stored.admit([today], judge)

    assert (again.created, again.superseded, again.suspected) == ([], [], [])
    assert [(one.memory_id, one.stored) for one in again.outcomes if isinstance(one, Admitted)] == [
        (held_by[0], False)
    ]


@given(groups, judges)
def test_every_chain_of_supersessions_ends_at_an_active_memory(groups: list[list[Fact]], judge: Judge):
    stored = Stored()
    for group in groups:
        stored.admit(group, judge)
    for memory in stored.memories.values():
        assert (memory.id in stored.replaced_by) == (memory.status is MemoryStatus.SUPERSEDED)
        seen = [memory.id]
        while seen[-1] in stored.replaced_by:
            assert len(seen) <= len(stored.memories), f"a circle: {seen}"
            seen.append(stored.replaced_by[seen[-1]])
        assert stored.memories[seen[-1]].status is MemoryStatus.ACTIVE


@given(groups, judges)
def test_nothing_outside_the_scope_is_touched(groups: list[list[Fact]], judge: Judge):
    stored = Stored()
    for group in groups:
        plan = stored.admit(group, judge)
        rooms = {_room(_candidate("", fact).memory) for fact in group}
        pairs = [(one.old_id, one.new_id) for one in (*plan.superseded, *plan.suspected)]
        merged = [
            (one.memory_id, candidate.memory)
            for one, candidate in zip(plan.outcomes, Stored().candidates(group), strict=True)
            if isinstance(one, Admitted)
        ]
        assert all(_room(stored.memories[old]) == _room(stored.memories[new]) for old, new in pairs)
        assert all(_room(stored.memories[held_by]) == _room(given) for held_by, given in merged)
        assert {_room(one) for one in plan.refreshed} <= rooms


@given(groups, judges)
def test_all_ids_of_a_plan_exist_and_what_was_replaced_is_history(groups: list[list[Fact]], judge: Judge):
    stored = Stored()
    for group in groups:
        plan = stored.admit(group, judge)
        for one in (*plan.superseded, *plan.suspected):
            assert {one.old_id, one.new_id} <= set(stored.memories)
            assert one.old_id != one.new_id
        for outcome in plan.outcomes:
            assert isinstance(outcome, Admitted)
            assert outcome.memory_id in stored.memories
            assert all(stored.replaced_by[old] == outcome.memory_id for old in outcome.replaced_ids)


@given(groups, judges)
def test_a_fact_from_the_past_never_replaces_a_newer_one(groups: list[list[Fact]], judge: Judge):
    stored = Stored()
    for group in groups:
        stored.admit(group, judge)
    for old, new in stored.replaced_by.items():
        assert stored.memories[old].valid_from <= stored.memories[new].valid_from


@given(groups, judges)
def test_only_a_fact_that_may_replace_does(groups: list[list[Fact]], judge: Judge):
    stored = Stored()
    kept = [[dataclasses.replace(fact, on_conflict=OnConflict.KEEP) for fact in group] for group in groups]
    for group in kept:
        plan = stored.admit(group, judge)
        assert plan.superseded == []
    assert stored.replaced_by == {}


@given(groups, judges, st.integers(1, 8))
def test_the_limit_is_never_exceeded_and_only_new_facts_are_refused(
    groups: list[list[Fact]], judge: Judge, limit: int
):
    stored = Stored()
    for group in groups:
        plan = stored.admit(group, judge, limit=limit)
        refused = [one for one in plan.outcomes if not isinstance(one, Admitted)]
        assert len(stored.active()) <= limit
        assert all(isinstance(one, QuotaExceeded) and one.used == limit for one in refused)
