"""Finds and reads the files of questions of a directory.

Files are known by their names, so that every split of a set can be measured: `locomo*.json`, `hotpotqa*.json`
and `musique*.json`, each of these two with its paragraphs in `<same name>-corpus.json`, and
`letta-update*.jsonl`.
"""

from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path

from app.cli.evaluation.recall import locomo, paragraphs, sets, updates
from app.cli.evaluation.recall.sets import QuestionSet, SetKind
from app.errors import InvalidInput

_PATTERNS = {
    SetKind.LOCOMO: "locomo*.json",
    SetKind.HOTPOTQA: "hotpotqa*.json",
    SetKind.MUSIQUE: "musique*.json",
    SetKind.UPDATE: "letta-update*.jsonl",
}
_CORPUS = "-corpus"


def read(directory: Path, *, only: SetKind | None = None, limit: int | None) -> list[QuestionSet]:
    """The files of that directory, in the order of kinds and names; of each the first `limit` questions.

    Raises: InvalidInput when there is none, or one that is not in its form.
    """
    kinds = list(SetKind) if only is None else [only]
    found = [_file(path, kind) for kind in kinds for path in _paths(directory, kind)]
    if not found:
        patterns = ", ".join(_PATTERNS[kind] for kind in kinds)
        raise InvalidInput(f"{directory} holds no file named like {patterns}")
    return [replace(one, corpora=sets.first(one.corpora, questions=limit)) for one in found]


def _paths(directory: Path, kind: SetKind) -> list[Path]:
    files = directory.iterdir() if directory.is_dir() else ()
    return sorted(
        path
        for path in files
        if fnmatch(path.name.casefold(), _PATTERNS[kind]) and not path.stem.casefold().endswith(_CORPUS)
    )


def _file(path: Path, kind: SetKind) -> QuestionSet:
    try:
        return _parsed(path, kind)
    except (OSError, ValueError, KeyError) as error:
        # What pydantic raises is a ValueError, too.
        raise InvalidInput(f"{path} is not a file of that form: {error}") from error


def _parsed(path: Path, kind: SetKind) -> QuestionSet:
    text = path.read_text(encoding="utf-8")
    if kind is SetKind.LOCOMO:
        return locomo.read(text, name=path.stem)
    if kind is SetKind.UPDATE:
        return updates.read(text, name=path.stem)
    beside = path.with_name(f"{path.stem}{_CORPUS}{path.suffix}")
    corpus = beside.read_text(encoding="utf-8") if beside.is_file() else None
    parse = paragraphs.hotpotqa if kind is SetKind.HOTPOTQA else paragraphs.musique
    return parse(text, corpus=corpus, name=path.stem)
