"""The version and the words: said once, and the same everywhere."""

import re
import tomllib

import app
from tests.architecture import source

GLOSSARY_ROW = re.compile(r"^\| \*\*(?P<words>[^|]+)\*\* \| (?P<meaning>[^|]+) \|$", re.MULTILINE)


def glossary() -> dict[str, str]:
    """Every word of the glossary with its meaning."""
    page = (source.ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return {row["words"].strip(): row["meaning"].strip() for row in GLOSSARY_ROW.finditer(page)}


def test_the_package_and_the_project_have_one_version():
    project = tomllib.loads((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert app.__version__ == project["project"]["version"]


def test_the_changelog_begins_with_the_version_of_the_package():
    changelog = (source.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[([^\]]+)\]", changelog, re.MULTILINE)
    assert versions[0] == app.__version__


def test_each_entry_of_the_changelog_is_unreleased_or_dated():
    changelog = (source.ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## .*$", changelog, re.MULTILINE)
    assert all(
        re.fullmatch(r"## \[\d+\.\d+\.\d+\] - (Unreleased|\d{4}-\d\d-\d\d)", line) for line in headings
    )


def test_the_glossary_gives_each_word_once_and_in_order():
    words = list(glossary())
    assert len(words) > 20
    assert words == sorted(set(words), key=str.casefold)


def test_the_models_are_named_with_words_of_the_glossary():
    models = (source.ROOT / "app" / "domain" / "models.py").read_text(encoding="utf-8")
    classes = re.findall(r"^class (\w+)", models, re.MULTILINE)
    spoken = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() for name in classes]
    assert [word for word in spoken if word not in glossary()] == []


def test_the_adrs_are_numbered_without_gaps_and_say_everything():
    pages = sorted((source.ROOT / "docs" / "adr").glob("[0-9]*.md"))
    parts = ["## Context", "## Decision", "## Consequences", "## Alternatives", "## What enforces it"]
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        headings = re.findall(r"^## .*$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == parts, page.name
