"""Reads files of labelled examples into cases of one form.

Files are known by their names: `judge-*.jsonl`, `letta-update-*.jsonl`, `sick-*.txt` and `stsb-*.csv`, so
that every split of a set can be measured.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path

import pydantic
from pydantic import BaseModel

from app.cli.evaluation.cases import Case, CaseFile, Kind
from app.errors import InvalidInput
from app.services.remember import Action

_ANYTHING = frozenset(Action)
_NO_DUPLICATE = frozenset({Action.STORED, Action.REPLACED})
_SAME_FROM = 4.5
"""The STS-B score, of 5, from which two sentences mean the same (Cer et al. 2017: 5 is equivalent)."""

_BANDS = (1.0, 2.0, 3.0, 4.0, _SAME_FROM)


class _Scenario(BaseModel):
    id: str
    category: str
    existing: list[str]
    incoming: str
    accept: list[Action]
    targets: list[int]


class _Update(BaseModel):
    facts: list[str]
    question: str
    contradicting_fact: str
    contradicted_fact_indices: list[int]


def read(directory: Path, *, only: Kind | None, limit: int | None) -> list[CaseFile]:
    """The files of that directory, in the order of kinds and names; of each the first `limit` cases.

    Raises: InvalidInput when there is none, or one that is not in its form.
    """
    kinds = list(Kind) if only is None else [only]
    files = [_file(path, kind, limit) for kind in kinds for path in _paths(directory, kind)]
    if not files:
        patterns = ", ".join(_PATTERNS[kind] for kind in kinds)
        raise InvalidInput(f"{directory} holds no file named like {patterns}")
    return files


def scenarios(lines: Sequence[str]) -> Iterator[Case]:
    """Facts of one scope and a new one, with the actions that are right.

    >>> line = '{"id": "1", "category": "c", "existing": ["A"], "incoming": "a", "accept": ["duplicate"],'
    >>> [(one.id, one.targets) for one in scenarios([line + '"targets": [0]}'])]
    [('1', frozenset({0}))]
    """
    for line in lines:
        one = _Scenario.model_validate_json(line)
        yield Case(
            id=one.id,
            category=one.category,
            existing=one.existing,
            incoming=one.incoming,
            accept=frozenset(one.accept),
            targets=frozenset(one.targets),
        )


def updates(lines: Sequence[str]) -> Iterator[Case]:
    """Facts, one that contradicts some of them, and a question that it answers."""
    for number, line in enumerate(lines, start=1):
        one = _Update.model_validate_json(line)
        yield Case(
            id=f"{number}",
            category="update",
            existing=one.facts,
            incoming=one.contradicting_fact,
            accept=frozenset({Action.REPLACED}),
            targets=frozenset(one.contradicted_fact_indices),
            question=one.question,
        )


def entailments(lines: Sequence[str]) -> Iterator[Case]:
    r"""Pairs of sentences: the first is known, the second comes in. Only an entailed one may be a duplicate.

    >>> lines = ["pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment"]
    >>> [one.category for one in entailments([*lines, "7\tTwo dogs run\tA cat sits\t1.2\tNEUTRAL"])]
    ['neutral']
    """
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        label = row["entailment_judgment"].strip().lower()
        accept = {"neutral": frozenset({Action.STORED}), "contradiction": _NO_DUPLICATE}
        yield _pair(row["pair_ID"], label, row["sentence_A"], row["sentence_B"], accept.get(label, _ANYTHING))


def similarities(lines: Sequence[str]) -> Iterator[Case]:
    """Pairs of sentences and how alike they are, in bands; below 4.5 of 5 none is a duplicate.

    >>> [(one.category, one.incoming) for one in similarities(["A man.,Men.,4.2"])]
    [('4.0 to 4.5', 'Men.')]
    """
    for number, (first, second, score) in enumerate(csv.reader(lines), start=1):
        accept = _ANYTHING if float(score) >= _SAME_FROM else _NO_DUPLICATE
        yield _pair(f"{number}", band(float(score)), first, second, accept)


def band(score: float) -> str:
    """The band of an STS-B score, from 0 to 5.

    >>> band(0.5), band(4.5)
    ('0.0 to 1.0', '4.5 to 5.0')
    """
    lower = max((bound for bound in _BANDS if bound <= score), default=0.0)
    upper = min((bound for bound in _BANDS if bound > score), default=5.0)
    return f"{lower:.1f} to {upper:.1f}"


_PATTERNS: Mapping[Kind, str] = {
    Kind.JUDGE: "judge-*.jsonl",
    Kind.LETTA: "letta-update-*.jsonl",
    Kind.SICK: "sick-*.txt",
    Kind.STSB: "stsb-*.csv",
}
_READERS: Mapping[Kind, Callable[[Sequence[str]], Iterator[Case]]] = {
    Kind.JUDGE: scenarios,
    Kind.LETTA: updates,
    Kind.SICK: entailments,
    Kind.STSB: similarities,
}


def _paths(directory: Path, kind: Kind) -> list[Path]:
    found = directory.iterdir() if directory.is_dir() else ()
    return sorted(path for path in found if fnmatch(path.name.casefold(), _PATTERNS[kind]))


def _file(path: Path, kind: Kind, limit: int | None) -> CaseFile:
    try:
        # Not `splitlines`, which also ends lines at characters that sentences may hold.
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        return CaseFile(name=path.stem, kind=kind, cases=list(_READERS[kind](lines))[:limit])
    except (OSError, ValueError, KeyError, pydantic.ValidationError) as error:
        raise InvalidInput(f"{path} is not a file of that form: {error}") from error


def _pair(number: str, category: str, known: str, incoming: str, accept: frozenset[Action]) -> Case:
    return Case(
        id=number,
        category=category,
        existing=[known],
        incoming=incoming,
        accept=accept,
        targets=frozenset({0}),
    )
