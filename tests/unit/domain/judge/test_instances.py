"""Numbered and coded records are things of their own, however alike their sentences are."""

import pytest

from app.domain import judge as judging
from app.domain.judge import JudgePolicy, Keep, Supersede
from tests.unit.domain import making


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ("Fact number 1", "Fact number 2"),
        ("Owns book number 4", "Owns book number 5"),
        ("This is memory #12", "This is memory #13"),
        ("fact a1b2c3", "fact d4e5f6"),
        ("The first note", "The second note"),
        ("Remember item 7", "Remember item 8"),
        ("Unrelated fact number one", "Unrelated fact number two"),
    ],
)
def test_each_numbered_record_stays(stored: str, new: str):
    among = [making.neighbour(making.memory(text=stored), 0.97)]
    assert isinstance(judging.decide(new, among=among, policy=JudgePolicy()), Keep)


def test_a_number_that_is_a_value_still_changes():
    among = [making.neighbour(making.memory(text="The room number is 4"), 0.97)]
    assert isinstance(judging.decide("The room number is 5", among=among, policy=JudgePolicy()), Supersede)
