"""Files of labelled examples are known by their names and read into cases of one form."""

import json
from pathlib import Path

import pytest

from app.cli.evaluation import files
from app.cli.evaluation.cases import Kind
from app.errors import InvalidInput
from app.services.remember import Action

SCENARIO = {
    "id": "dev-001",
    "category": "persona",
    "existing": ["Lives in Oslo", "Owns a cat"],
    "incoming": "Lives in Bergen",
    "accept": ["replaced", "stored"],
    "targets": [0],
    "note": "not read",
}
UPDATE = {
    "facts": ["Ann sings.", "Bob paints."],
    "question": "Who sings?",
    "answer": "Ann",
    "contradicting_fact": "Cleo sings.",
    "contradicting_answer": "Cleo",
    "contradicted_fact_indices": [0],
}


def written(directory: Path, **texts: str) -> Path:
    for name, text in texts.items():
        stem, _, ending = name.rpartition("_")
        (directory / f"{stem.replace('_', '-')}.{ending}").write_text(text, encoding="utf-8")
    return directory


def test_a_file_of_scenarios_is_read_whole(tmp_path: Path) -> None:
    (file,) = files.read(written(tmp_path, judge_dev_jsonl=json.dumps(SCENARIO)), only=None, limit=None)
    (case,) = file.cases
    assert (file.name, file.kind) == ("judge-dev", Kind.JUDGE)
    assert case.accept == {Action.REPLACED, Action.STORED}
    assert (case.targets, case.question) == (frozenset({0}), None)


def test_a_file_of_updates_asks_for_the_replacement_and_has_questions(tmp_path: Path) -> None:
    (file,) = files.read(written(tmp_path, letta_update_test_jsonl=json.dumps(UPDATE)), only=None, limit=None)
    (case,) = file.cases
    assert (case.incoming, case.question) == ("Cleo sings.", "Who sings?")
    assert (case.accept, case.targets) == (frozenset({Action.REPLACED}), frozenset({0}))


def test_pairs_may_be_duplicates_only_where_they_are_labelled_so(tmp_path: Path) -> None:
    header = "pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment\n"
    rows = "1\tA\tB\t3\tNEUTRAL\n2\tA\tC\t3\tCONTRADICTION\n3\tA\tD\t5\tENTAILMENT\n"
    similar = '"A man, a plan",A plan,4.5\nA dog,A cat,4.4999\n'
    directory = written(tmp_path, sick_test_txt=header + rows, stsb_en_test_csv=similar)
    sick, stsb = files.read(directory, only=None, limit=None)
    assert [Action.DUPLICATE in one.accept for one in sick.cases] == [False, False, True]
    assert [Action.REPLACED in one.accept for one in sick.cases] == [False, True, True]
    assert [Action.DUPLICATE in one.accept for one in stsb.cases] == [True, False]
    assert stsb.cases[0].existing == ["A man, a plan"]


def test_kinds_and_cases_can_be_limited(tmp_path: Path) -> None:
    lines = "\n".join([json.dumps(UPDATE)] * 3)
    directory = written(tmp_path, letta_update_dev_jsonl=lines, judge_dev_jsonl=json.dumps(SCENARIO))
    (file,) = files.read(directory, only=Kind.LETTA, limit=2)
    assert (file.kind, [one.id for one in file.cases]) == (Kind.LETTA, ["1", "2"])


def test_a_directory_without_such_files_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not ours")
    with pytest.raises(InvalidInput, match=r"holds no file named like sick-\*\.txt"):
        files.read(tmp_path, only=Kind.SICK, limit=None)
    with pytest.raises(InvalidInput, match="holds no file"):
        files.read(tmp_path / "missing", only=None, limit=None)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("judge_dev_jsonl", "not JSON"),
        ("judge_dev_jsonl", json.dumps({**SCENARIO, "accept": ["swallowed"]})),
        ("sick_dev_txt", "1\tA\tB\t3\tNEUTRAL\n2\tA\tB\t3\tNEUTRAL\n"),
        ("stsb_dev_csv", "A,B\n"),
        ("stsb_dev_csv", "A,B,much\n"),
    ],
)
def test_a_file_of_another_form_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(InvalidInput, match="is not a file of that form"):
        files.read(written(tmp_path, **{name: text}), only=None, limit=None)
