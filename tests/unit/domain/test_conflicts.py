"""What a caller's choice makes of two memories that may contradict each other."""

import dataclasses
from datetime import timedelta

import pytest

from app.domain import conflicts
from app.domain.conflicts import (
    Choice,
    ConflictingPair,
    ConflictStatus,
    KeepBoth,
    KeepOne,
    MergeInto,
    Outcome,
    Resolution,
)
from app.domain.models import FOREVER, MemoryStatus
from app.errors import Conflict, InvalidInput
from tests import remembered
from tests.remembered import NOW, axis

LATER = NOW + timedelta(days=1)
SCOPE = remembered.scope_of("tenant")
OLD = dataclasses.replace(
    remembered.memory(SCOPE, "Lives in Rome", importance=0.9, metadata={"a": 1, "b": 1}), refreshed_at=NOW
)
NEW = remembered.memory(SCOPE, "Lives by the sea", importance=0.4, source="chat", metadata={"b": 2})
PAIR = ConflictingPair(id="pair", old=OLD, new=NEW, reason="both say where", at=NOW)
MERGED = MergeInto(memory_id="merged", text="Lives in Rome, by the sea", vector=axis(0))


def test_keeping_both_changes_neither() -> None:
    settled = conflicts.settle(PAIR, KeepBoth(), at=LATER)
    assert settled.resolution == Resolution(outcome=Outcome.BOTH, memory_id=None, at=LATER)
    assert (settled.created, settled.superseded) == (None, ())


@pytest.mark.parametrize(("kept", "other"), [(OLD, NEW), (NEW, OLD)])
def test_keeping_one_makes_the_other_its_history(kept: remembered.Memory, other: remembered.Memory) -> None:
    settled = conflicts.settle(PAIR, KeepOne(memory_id=kept.id), at=LATER)
    (gone,) = settled.superseded
    assert (gone.old_id, gone.new_id, gone.reason) == (other.id, kept.id, "resolved by the caller")
    assert (gone.at, gone.valid_to) == (LATER, LATER)
    assert settled.resolution == Resolution(outcome=Outcome.ONE, memory_id=kept.id, at=LATER)


def test_a_merged_memory_takes_the_place_of_both() -> None:
    settled = conflicts.settle(PAIR, MERGED, at=LATER)
    assert [(one.old_id, one.new_id) for one in settled.superseded] == [
        (OLD.id, "merged"),
        (NEW.id, "merged"),
    ]
    assert settled.resolution.outcome is Outcome.MERGED


def test_a_merged_memory_is_a_new_one_with_the_weight_and_metadata_of_both() -> None:
    created = conflicts.settle(PAIR, MERGED, at=LATER).created
    assert created is not None
    memory = created.memory
    assert (memory.id, memory.text, memory.scope_id) == ("merged", MERGED.text, NEW.scope_id)
    assert (memory.importance, memory.metadata, memory.source) == (0.9, {"a": 1, "b": 2}, "chat")
    assert (memory.valid_from, memory.recorded_at, memory.refreshed_at) == (LATER, LATER, LATER)
    assert (memory.valid_to, memory.content_hash != NEW.content_hash) == (FOREVER, True)


def test_metadata_that_are_too_large_together_are_refused() -> None:
    large = dataclasses.replace(OLD, metadata={"x": "x" * 16_000})
    other = dataclasses.replace(NEW, metadata={"y": "y" * 16_000})
    with pytest.raises(InvalidInput, match="larger than 16 KiB"):
        conflicts.settle(dataclasses.replace(PAIR, old=large, new=other), MERGED, at=LATER)


def test_only_one_of_the_two_can_be_kept() -> None:
    with pytest.raises(InvalidInput) as refused:
        conflicts.settle(PAIR, KeepOne(memory_id="another"), at=LATER)
    assert list(refused.value.fields) == ["keep"]


@pytest.mark.parametrize("choice", [KeepBoth(), KeepOne(memory_id=OLD.id), MERGED])
def test_a_resolved_conflict_is_not_resolved_again(choice: Choice) -> None:
    done = Resolution(outcome=Outcome.ONE, memory_id=NEW.id, at=NOW)
    with pytest.raises(Conflict, match="resolved already") as refused:
        conflicts.settle(dataclasses.replace(PAIR, resolution=done), choice, at=LATER)
    assert refused.value.existing_id == NEW.id


@pytest.mark.parametrize("status", [MemoryStatus.SUPERSEDED, MemoryStatus.DELETED])
def test_what_is_no_longer_active_needs_no_resolution(status: MemoryStatus) -> None:
    for which in ("old", "new"):
        gone = dataclasses.replace(getattr(PAIR, which), status=status)
        with pytest.raises(Conflict, match="no longer active"):
            conflicts.settle(dataclasses.replace(PAIR, **{which: gone}), KeepBoth(), at=LATER)


def test_a_conflict_is_open_until_it_has_a_resolution() -> None:
    done = Resolution(outcome=Outcome.BOTH, memory_id=None, at=NOW)
    assert PAIR.status is ConflictStatus.OPEN
    assert dataclasses.replace(PAIR, resolution=done).status is ConflictStatus.RESOLVED
