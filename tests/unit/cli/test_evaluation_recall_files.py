"""Files of questions are known by their names and read into sets of one form, broken evidence included."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli.evaluation.recall import files
from app.cli.evaluation.recall.sets import Notes, QuestionSet, SetKind
from app.domain.admission import OnConflict
from app.errors import InvalidInput

CONVERSATION: dict[str, object] = {
    "sample_id": "c1",
    "conversation": {
        "speaker_a": "Ann",
        "session_2": [{"speaker": "Bob", "dia_id": "D2:1", "text": "I moved."}],
        "session_2_date_time": "12:05 am on 3 March, 2024",
        "session_1": [
            {"speaker": "Ann", "dia_id": "D1:1", "text": "Look!", "blip_caption": "a red kite"},
            {"speaker": "Bob", "dia_id": "D1:2", "text": "Lovely."},
            {"speaker": "Ann", "dia_id": "D1:3", "text": ""},
        ],
        "session_1_date_time": "1:56 pm on 8 February, 2024",
        "session_3_date_time": "1:00 pm on 9 May, 2025",
    },
    "qa": [
        {"question": "What flew?", "evidence": ["D1:1"], "category": 4},
        {"question": "Who moved?", "evidence": ["D:2:01; D1:2", "D9:9", "D"], "category": 1},
        {"question": "Why?", "evidence": [], "category": 3},
        {"question": "How?", "evidence": ["D7:7"], "category": 5},
    ],
}
TWO_HOPS = [
    {
        "_id": "q1",
        "type": "bridge",
        "question": "Where does the painter live?",
        "supporting_facts": [["Ann", 0], ["Ann", 1], ["Oslo", 0]],
        "context": [["Ann", ["Ann paints.", " She lives in Oslo."]], ["Tea", ["Hot."]]],
    },
    {"_id": "q2", "question": "What?", "supporting_facts": [["Nowhere", 0]]},
]
MANY_HOPS = [
    {
        "id": "3hop1__7_8",
        "question": "Who?",
        "paragraphs": [
            {"idx": 0, "title": "Ann", "paragraph_text": "Ann paints.", "is_supporting": True},
            {"idx": 1, "title": "Ann", "paragraph_text": "Ann also sings.", "is_supporting": False},
        ],
    }
]
UPDATE = {
    "facts": ["Ann sings.", "Bob paints."],
    "question": "Who sings?",
    "answer": "Ann",
    "contradicting_fact": '"Cleo sings."',
    "contradicting_answer": "Cleo",
    "contradicted_fact_indices": [0],
}


def read(directory: Path, *, limit: int | None = None, **contents: object) -> list[QuestionSet]:
    """What is read of files with those contents; `_` in a name stands for `-`, the last one for the dot."""
    for name, content in contents.items():
        stem, _, ending = name.rpartition("_")
        text = content if isinstance(content, str) else json.dumps(content)
        (directory / f"{stem.replace('_', '-')}.{ending}").write_text(text, encoding="utf-8")
    return files.read(directory, limit=limit)


def test_a_conversation_becomes_a_memory_per_turn_in_the_order_of_time(tmp_path: Path) -> None:
    (found,) = read(tmp_path, locomo_small_json=[CONVERSATION])
    assert (found.name, found.kind) == ("locomo-small", SetKind.LOCOMO)
    assert [(one.key, one.fact, one.speaker, one.conversation_id) for one in found.items] == [
        ("D1:1", "Look! [shares a red kite]", "Ann", "c1 session_1"),
        ("D1:2", "Lovely.", "Bob", "c1 session_1"),
        ("D2:1", "I moved.", "Bob", "c1 session_2"),
    ]
    assert found.items[1].created_at == datetime(2024, 2, 8, 13, 56, 1, tzinfo=UTC)


def test_a_conversation_is_asked_a_day_after_its_last_session(tmp_path: Path) -> None:
    (found,) = read(tmp_path, locomo_small_json=[CONVERSATION])
    assert found.corpora[0].now == datetime(2024, 3, 4, 0, 5, tzinfo=UTC)


def test_broken_evidence_is_repaired_or_dropped_and_counted(tmp_path: Path) -> None:
    (found,) = read(tmp_path, locomo_small_json=[CONVERSATION])
    assert [(one.category, sorted(one.gold)) for one in found.questions] == [
        ("4 single-hop", ["D1:1"]),
        ("1 multi-hop", ["D1:2", "D2:1"]),
    ]
    assert found.notes == Notes(repaired=2, dropped=3, left_out=2)


def test_a_session_without_its_time_is_refused(tmp_path: Path) -> None:
    turns = [{"speaker": "Ann", "dia_id": "D1:1", "text": "Hello."}]
    broken: dict[str, object] = {"sample_id": "c1", "conversation": {"session_1": turns}, "qa": []}
    with pytest.raises(InvalidInput, match=r"locomo-small\.json is not a file of that form"):
        read(tmp_path, locomo_small_json=[broken])


def test_paragraphs_of_two_hops_come_from_the_file_beside_the_questions(tmp_path: Path) -> None:
    corpus = {"Ann": ["Ann paints.", " She lives in Oslo."], "Oslo": ["A town."], "Empty": [" "]}
    (found,) = read(tmp_path, hotpotqa_small_json=TWO_HOPS, hotpotqa_small_corpus_json=corpus)
    assert [(one.title, one.fact) for one in found.items] == [
        ("Ann", "Ann paints. She lives in Oslo."),
        ("Oslo", "A town."),
    ]
    assert [(one.category, one.gold) for one in found.questions] == [("bridge", {"Ann", "Oslo"})]
    assert found.notes == Notes(dropped=1, left_out=1)


def test_without_a_file_beside_them_the_questions_own_paragraphs_are_taken(tmp_path: Path) -> None:
    (found,) = read(tmp_path, hotpotqa_small_json=TWO_HOPS)
    assert [one.title for one in found.items] == ["Ann", "Tea"]
    assert found.notes == Notes(dropped=2, left_out=1)


def test_paragraphs_of_many_hops_are_told_apart_under_one_title(tmp_path: Path) -> None:
    corpus = [{"title": "Ann", "text": "Ann also sings."}, {"title": "Ann", "text": "Ann paints."}]
    (found,) = read(tmp_path, musique_small_json=MANY_HOPS, musique_small_corpus_json=corpus)
    (question,) = found.questions
    assert [one.fact for one in found.items if one.key in question.gold] == ["Ann paints."]
    assert (len(found.items), question.category) == (2, "3 hops")


def test_a_paragraph_that_is_too_long_is_counted(tmp_path: Path) -> None:
    corpus = {"Ann": "a" * 2_001, "Oslo": "o" * 2_000}
    (found,) = read(tmp_path, hotpotqa_small_json=TWO_HOPS, hotpotqa_small_corpus_json=corpus)
    assert found.cut == 1


def test_the_new_fact_of_an_update_loses_its_quotation_marks_and_is_a_day_younger(tmp_path: Path) -> None:
    (found,) = read(tmp_path, letta_update_small_jsonl=json.dumps(UPDATE))
    old, _, new = found.items
    assert (new.fact, old.on_conflict, new.on_conflict) == ("Cleo sings.", OnConflict.KEEP, None)
    assert old.created_at is not None
    assert new.created_at is not None
    assert (new.created_at - old.created_at).days == 1
    (question,) = found.questions
    assert (question.gold, question.old) == ({new.key}, {old.key})


def test_of_each_file_only_the_first_questions_are_asked_of_whole_corpora(tmp_path: Path) -> None:
    update = json.dumps(UPDATE)
    found = read(
        tmp_path,
        limit=1,
        locomo_small_json=[CONVERSATION, CONVERSATION],
        letta_update_small_jsonl=f"{update}\n{update}\n",
    )
    assert [(len(one.corpora), len(one.questions), len(one.items)) for one in found] == [(1, 1, 3), (1, 1, 3)]


def test_a_directory_without_such_files_is_refused_with_their_names(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"holds no file named like locomo\*\.json"):
        files.read(tmp_path, limit=None)


def test_a_corpus_alone_is_no_set_of_questions(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="holds no file"):
        read(tmp_path, hotpotqa_small_corpus_json={"Ann": "Ann paints."})


def test_files_that_are_not_in_their_form_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"musique-small\.json is not a file of that form"):
        read(tmp_path, musique_small_json={"no": "list"})
