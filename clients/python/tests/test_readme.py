"""That the README names every method and every error."""

from pathlib import Path

import pytest

from loci_client import Agents, ApiError, Loci, Spaces, Teams, errors

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
TABLES = {Loci: "| method | answers |"} | {
    kind: f"| method of `{kind.__name__.lower()}` | answers |" for kind in (Agents, Teams, Spaces)
}
CALLS = [
    (kind, name)
    for kind in TABLES
    for name, value in vars(kind).items()
    if callable(value) and not name.startswith("_") and name not in ("perform", "close")
]
ERRORS = [
    one.__name__ for one in vars(errors).values() if isinstance(one, type) and issubclass(one, ApiError)
]


@pytest.mark.parametrize(("kind", "name"), CALLS)
def test_every_method_is_in_its_table(kind: type, name: str) -> None:
    table = README.partition(TABLES[kind])[2].partition("\n\n")[0]
    assert f"`{name}(" in table


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_of_the_service_is_named(name: str) -> None:
    assert f"`{name}`" in README
