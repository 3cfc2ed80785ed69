"""Which memories change when one of a chain becomes active again."""

import dataclasses
from datetime import timedelta

import pytest

from app.domain import history
from app.domain.history import HistoryEntry, Replacement
from app.domain.models import MemoryStatus
from app.errors import Conflict, NotFound
from tests import remembered
from tests.remembered import NOW

LATER = NOW + timedelta(days=7)
SCOPE = remembered.scope_of("tenant")


def entry(name: str, *, by: HistoryEntry | None = None, days: int = 0) -> HistoryEntry:
    """An active memory, or the history of that of another entry."""
    memory = remembered.memory(SCOPE, name, at=NOW + timedelta(days=days))
    if by is None:
        return HistoryEntry(memory=memory, superseded_by=None)
    history_of = dataclasses.replace(memory, status=MemoryStatus.SUPERSEDED)
    replacement = Replacement(memory_id=by.memory.id, reason="moved", evidence=(), at=NOW)
    return HistoryEntry(memory=history_of, superseded_by=replacement)


def deleted(*chain: HistoryEntry) -> list[HistoryEntry]:
    """The same entries, deleted."""
    return [
        dataclasses.replace(one, memory=dataclasses.replace(one.memory, status=MemoryStatus.DELETED))
        for one in chain
    ]


def three() -> tuple[HistoryEntry, HistoryEntry, HistoryEntry]:
    """Oldest first; the first was replaced by the second, that one by the third."""
    latest = entry("c", days=2)
    middle = entry("b", by=latest, days=1)
    return entry("a", by=middle), middle, latest


def test_the_latest_gives_way_to_the_restored_memory() -> None:
    oldest, middle, latest = three()
    plan = history.restoration([oldest, middle, latest], memory_id=oldest.memory.id, at=LATER)
    assert plan.retired is not None
    assert (plan.retired.old_id, plan.retired.new_id) == (latest.memory.id, oldest.memory.id)
    assert (plan.retired.reason, plan.retired.at) == ("restored by the caller", LATER)
    assert (plan.revived_ids, plan.adds_one) == ([], False)


def test_a_fact_that_begins_later_than_now_does_not_end_before_it_began() -> None:
    latest = entry("c", days=2)
    old = entry("a", by=latest)
    plan = history.restoration([old, latest], memory_id=old.memory.id, at=NOW)
    assert plan.retired is not None
    assert plan.retired.valid_to == latest.memory.valid_from


def test_the_latest_of_a_deleted_chain_comes_back_with_its_history() -> None:
    oldest, middle, latest = deleted(*three())
    plan = history.restoration([oldest, middle, latest], memory_id=latest.memory.id, at=LATER)
    assert (plan.retired, plan.adds_one) == (None, True)
    assert plan.revived_ids == [oldest.memory.id, middle.memory.id]


def test_a_deleted_memory_that_was_history_takes_the_place_of_the_latest() -> None:
    oldest, middle, latest = deleted(*three())
    plan = history.restoration([oldest, middle, latest], memory_id=middle.memory.id, at=LATER)
    assert plan.retired is not None
    assert (plan.retired.old_id, plan.retired.new_id) == (latest.memory.id, middle.memory.id)
    assert plan.revived_ids == [oldest.memory.id, latest.memory.id]


def test_an_active_memory_cannot_be_restored() -> None:
    latest = entry("c")
    with pytest.raises(Conflict, match="active already") as refused:
        history.restoration([latest], memory_id=latest.memory.id, at=LATER)
    assert refused.value.existing_id == latest.memory.id


def test_what_is_not_in_the_chain_cannot_be_restored() -> None:
    with pytest.raises(NotFound):
        history.restoration([], memory_id="unknown", at=LATER)


def test_predecessors_are_all_others_newest_first() -> None:
    oldest, middle, latest = three()
    found = history.predecessors([oldest, middle, latest], memory_id=latest.memory.id)
    assert [one.text for one in found] == ["b", "a"]
