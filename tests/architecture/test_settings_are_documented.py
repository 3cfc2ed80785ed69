"""`docs/settings.md` holds the table that the settings themselves give."""

from pathlib import Path

from app import settings
from app.settings import Settings

_PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


def _table() -> str:
    rows = ["| variable | default | meaning |", "| --- | --- | --- |"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default_factory is not None or field.default is None else f"`{field.default}`"
        rows.append(f"| `{settings.environment_name(name)}` | {default} | {field.description} |")
    return "\n".join(rows)


def test_every_setting_is_in_the_table_as_the_code_has_it() -> None:
    assert _table() in _PAGE.read_text(), f"put this into {_PAGE.name}:\n{_table()}"
