"""What holds of passages, filters and curves whatever they are given."""

import json

from hypothesis import given
from hypothesis import strategies as some

from app.domain import filters, passages
from app.domain.calibration import Curve
from app.domain.models import JsonObject, JsonValue
from app.graph import rows

_SCALARS = some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text()
_VALUES: some.SearchStrategy[JsonValue] = some.recursive(
    _SCALARS, lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3)
)
_OBJECTS: some.SearchStrategy[JsonObject] = some.dictionaries(some.text(), _VALUES, max_size=4)
_COSINES = some.floats(-1, 1)
_CURVE = Curve(knots=((-1.0, 0.0), (0.1, 0.3), (0.3, 0.6), (0.42, 0.8), (1.0, 1.0)))


def without_spaces(text: str) -> str:
    return "".join(text.split())


@given(some.lists(some.text(max_size=20) | some.just("word. "), max_size=400).map("".join))
def test_every_part_of_a_text_is_in_a_passage(text: str) -> None:
    parts = passages.of(text) or [text]
    rest = without_spaces(text)
    for part in parts:
        assert without_spaces(part) in rest
    characters = {one for part in parts for one in without_spaces(part)}
    assert characters == set(rest)


@given(some.lists(some.integers(0, 10**12), min_size=300, max_size=2000, unique=True))
def test_different_passages_make_up_the_text(numbers: list[int]) -> None:
    text = " ".join(map(str, numbers))
    assert without_spaces("".join(passages.of(text))) == without_spaces(text)


@given(some.text(max_size=3000))
def test_a_passage_is_never_too_long_to_be_read(text: str) -> None:
    assert all(0 < passages.pieces(part) <= passages.PASSAGE_PIECES for part in passages.of(text))


@given(some.text(max_size=3000))
def test_a_text_has_passages_exactly_when_it_is_not_read_whole(text: str) -> None:
    assert bool(passages.of(text)) == (passages.pieces(text) > passages.READ_WHOLE_PIECES)


@given(_OBJECTS)
def test_metadata_are_kept_by_any_part_of_themselves(metadata: JsonObject) -> None:
    assert filters.keeps(metadata, wanted=metadata)
    assert filters.keeps(metadata, wanted=dict(list(metadata.items())[:2]))
    assert filters.keeps(metadata, wanted={})


@given(_VALUES, _VALUES)
def test_equality_goes_both_ways(one: JsonValue, other: JsonValue) -> None:
    assert filters.are_equal(one, other) == filters.are_equal(other, one)


@given(_VALUES)
def test_a_value_is_equal_to_what_its_json_text_says(value: JsonValue) -> None:
    assert filters.are_equal(value, json.loads(json.dumps(value)))


@given(some.integers(-(2**53), 2**53))
def test_whole_numbers_are_equal_however_they_are_written(number: int) -> None:
    assert filters.are_equal({"n": [number]}, {"n": [float(number)]})


@given(some.booleans())
def test_truth_is_no_number(truth: bool) -> None:
    assert not filters.are_equal(truth, int(truth))
    assert not filters.are_equal([truth], [float(truth)])


@given(_OBJECTS, _OBJECTS)
def test_whatever_fits_holds_the_texts_that_the_database_looks_for(
    metadata: JsonObject, wanted: JsonObject
) -> None:
    fitting = {**metadata, **wanted}
    text = json.dumps(fitting, ensure_ascii=False, separators=(",", ":"))
    assert filters.keeps(fitting, wanted=wanted)
    assert all(part in text for part in rows.texts_in_metadata(wanted))


@given(some.integers(-(2**70), 2**70))
def test_a_number_is_looked_for_in_all_its_spellings(number: int) -> None:
    for stored in (number, float(number)):
        for wanted in (number, float(number)):
            if filters.are_equal(stored, wanted):
                (part,) = rows.texts_in_metadata({"n": wanted})
                assert part in json.dumps({"n": stored}, separators=(",", ":"))


@given(_COSINES, _COSINES)
def test_a_higher_cosine_never_scores_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= _CURVE.score(low) <= _CURVE.score(high) <= 1


@given(_COSINES)
def test_a_curve_makes_no_jumps(cosine: float) -> None:
    near = min(1.0, cosine + 1e-6)
    assert _CURVE.score(near) - _CURVE.score(cosine) < 1e-5
