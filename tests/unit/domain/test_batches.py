"""Outcomes of many items at once."""

import pytest

from app.domain import batches
from app.errors import InvalidInput, LociError, NotFound

_LONG, _UNKNOWN = InvalidInput("too long"), NotFound("unknown")


def test_the_sound_items_keep_their_order() -> None:
    assert batches.sound([_LONG, "tea", _UNKNOWN, "milk"]) == ["tea", "milk"]


def test_each_outcome_is_in_the_place_of_its_item() -> None:
    items = [_LONG, "tea", _UNKNOWN, "milk"]
    assert batches.merged(items, ["stored", "known"]) == [_LONG, "stored", _UNKNOWN, "known"]


def test_a_sound_item_may_be_refused_later() -> None:
    assert batches.merged(["tea", _LONG], [_UNKNOWN]) == [_UNKNOWN, _LONG]


def test_where_all_are_refused_there_are_only_refusals() -> None:
    assert batches.merged([_LONG, _UNKNOWN], []) == [_LONG, _UNKNOWN]


def test_the_only_outcome_is_returned() -> None:
    assert batches.only(["stored"]) == "stored"


def test_the_only_refusal_is_raised() -> None:
    refused: list[str | LociError] = [_LONG]
    with pytest.raises(InvalidInput, match="too long"):
        batches.only(refused)
