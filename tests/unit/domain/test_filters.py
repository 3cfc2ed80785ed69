"""Equality of JSON values."""

import pytest

from app.domain import filters
from app.domain.models import JsonValue


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 1.0),
        (0, -0.0),
        ("a", "a"),
        (None, None),
        (True, True),
        ([], []),
        ([1, [2]], [1.0, [2.0]]),
        ({"a": 1, "b": [None]}, {"b": [None], "a": 1.0}),
        (2**60, 2**60),
    ],
)
def test_equal_values(one: JsonValue, other: JsonValue) -> None:
    assert filters.are_equal(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1),
        (False, 0),
        (False, None),
        (0, None),
        ("1", 1),
        ("", []),
        ([], {}),
        ([1, 2], [2, 1]),
        ([1], [1, 2]),
        ("ab", ["a", "b"]),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": True}, {"a": 1}),
        (2**60, 2**60 + 1),
        ("é", "e\u0301"),
    ],
)
def test_unequal_values(one: JsonValue, other: JsonValue) -> None:
    assert not filters.are_equal(one, other)
    assert not filters.are_equal(other, one)
