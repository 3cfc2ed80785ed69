"""What a group of new memories does to the stored ones."""

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial

import numpy as np

from app.domain import admission
from app.domain import judge as judging
from app.domain.admission import Admitted, Candidate, Plan, Room
from app.domain.judge import JudgePolicy, Keep, Ruling
from app.domain.models import Neighbour, Vector
from app.errors import InvalidInput, QuotaExceeded
from tests.unit.domain import making


def planned(
    candidates: Sequence[Candidate],
    *,
    known: Mapping[str, Sequence[Neighbour]] | None = None,
    room: Room | None = None,
) -> Plan:
    return admission.plan(
        candidates, known=known or {}, judge=partial(judging.judge, policy=JudgePolicy()), room=room
    )


def unit(*, at_degrees: float) -> Vector:
    angle = math.radians(at_degrees)
    return np.array([math.cos(angle), math.sin(angle)], dtype=np.float32)


def stored_flags(plan: Plan) -> list[bool | None]:
    return [one.stored if isinstance(one, Admitted) else None for one in plan.outcomes]


def test_a_new_fact_is_created():
    plan = planned([making.candidate(making.memory())])

    assert stored_flags(plan) == [True]
    assert [one.memory.id for one in plan.created] == ["m1"]


def test_the_second_of_two_equal_facts_in_a_group_is_a_duplicate_of_the_first():
    plan = planned([making.candidate(making.memory("m1")), making.candidate(making.memory("m2"))])

    assert stored_flags(plan) == [True, False]
    assert [one.memory.id for one in plan.created] == ["m1"]


def test_equal_facts_of_two_scopes_are_both_stored():
    one, other = making.memory("m1", scope_id="s1"), making.memory("m2", scope_id="s2")

    assert stored_flags(planned([making.candidate(one), making.candidate(other)])) == [True, True]


def test_near_paraphrases_within_a_group_meet_by_their_vectors():
    near = np.array([0.99, np.sqrt(1 - 0.99**2)], dtype=np.float32)
    one = making.candidate(making.memory("m1", text="Likes green tea"))
    other = making.candidate(making.memory("m2", text="Likes the green tea"), vector=near)

    assert stored_flags(planned([one, other])) == [True, False]


def test_the_same_fact_is_found_in_a_large_group_however_many_others_lie_as_near():
    group = [making.memory(f"m{number:02}", text=f"Ticket {number} is open") for number in range(60)]
    again = making.memory("n", text=group[-1].text)
    plan = planned([making.candidate(one) for one in (*group, again)])

    assert stored_flags(plan) == [True] * 60 + [False]


def test_only_the_nearest_of_a_large_group_are_compared_with():
    texts: list[str] = []

    def judge(text: str, *, among: Sequence[Neighbour]) -> Ruling:
        texts[:] = [one.memory.text for one in among]
        return Keep(reason="")

    group = [
        making.candidate(making.memory(f"m{number:02}", text=str(number)), vector=unit(at_degrees=number))
        for number in range(90)
    ]
    admission.plan(group, known={}, judge=judge)

    assert sorted(map(int, texts)) == list(range(69, 89))


def test_of_a_group_only_what_is_as_near_as_the_stored_ones_is_compared_with():
    texts: list[str] = []

    def judge(text: str, *, among: Sequence[Neighbour]) -> Ruling:
        texts[:] = [one.memory.text for one in among]
        return Keep(reason="")

    near, far, new = (
        making.candidate(making.memory(name, text=name), vector=unit(at_degrees=degrees))
        for name, degrees in (("near", 1), ("far", 60), ("new", 0))
    )
    stored = [making.neighbour(making.memory(f"s{number:02}"), 0.9) for number in range(20)]
    admission.plan([near, far, new], known={"new": stored}, judge=judge)
    assert ("near" in texts, "far" in texts, len(texts)) == (True, False, 21)
    admission.plan([near, far, new], known={"new": stored[1:]}, judge=judge)
    assert ("near" in texts, "far" in texts, len(texts)) == (True, True, 21)


def test_a_duplicate_refreshes_the_stored_memory_and_merges_metadata_new_keys_winning():
    old = making.memory("old", age_days=9, metadata={"a": 1, "b": 1})
    new = making.memory("new", metadata={"b": 2, "c": 2})
    plan = planned([making.candidate(new)], known={"new": [making.neighbour(old, 1)]})
    (refreshed,) = plan.refreshed

    assert plan.created == []
    assert refreshed.metadata == {"a": 1, "b": 2, "c": 2}
    assert refreshed.refreshed_at == new.refreshed_at
    assert (refreshed.id, refreshed.valid_from, refreshed.version) == ("old", old.valid_from, 2)


def test_a_duplicate_from_the_past_does_not_age_the_stored_memory():
    fresh = making.memory("old")
    late = making.memory("new", age_days=30)
    plan = planned([making.candidate(late)], known={"new": [making.neighbour(fresh, 1)]})

    assert plan.refreshed[0].refreshed_at == fresh.refreshed_at


def test_two_duplicates_of_one_memory_make_one_write():
    old = making.memory("old", age_days=9)
    group = [making.memory("n1", metadata={"a": 1}), making.memory("n2", metadata={"b": 2})]
    known = {one.id: [making.neighbour(old, 1)] for one in group}
    plan = planned([making.candidate(one) for one in group], known=known)

    assert [one.metadata for one in plan.refreshed] == [{"a": 1, "b": 2}]


def test_metadata_too_large_together_refuses_that_candidate_only():
    old = making.memory("old", metadata={"a": "x" * 16_000})
    new = making.memory("new", metadata={"b": "x" * 16_000})
    other = making.memory("other", text="Owns a cat")
    plan = planned(
        [making.candidate(new), making.candidate(other)], known={"new": [making.neighbour(old, 1)]}
    )

    assert isinstance(plan.outcomes[0], InvalidInput)
    assert plan.refreshed == []
    assert [one.memory.id for one in plan.created] == ["other"]


def test_the_first_memory_beyond_the_limit_is_refused_with_the_numbers():
    group = [making.memory("m1", text="Likes tea"), making.memory("m2", text="Owns a cat")]
    plan = planned([making.candidate(one) for one in group], room=Room(limit=100, used=99))
    refused = plan.outcomes[1]

    assert isinstance(refused, QuotaExceeded)
    assert (refused.limit, refused.used) == (100, 100)
    assert stored_flags(plan) == [True, None]


def test_a_duplicate_needs_no_room():
    old = making.memory("old")
    new = making.memory("new")
    plan = planned(
        [making.candidate(new)], known={"new": [making.neighbour(old, 1)]}, room=Room(limit=1, used=1)
    )

    assert stored_flags(plan) == [False]


def test_a_merge_into_a_member_of_the_group_changes_what_is_created():
    first = making.memory("m1", age_days=2, metadata={"a": 1})
    second = making.memory("m2", metadata={"b": 2})
    plan = planned([making.candidate(first), making.candidate(second)])
    created = plan.created[0].memory

    assert created.metadata == {"a": 1, "b": 2}
    assert created.refreshed_at - first.refreshed_at == timedelta(days=2)
