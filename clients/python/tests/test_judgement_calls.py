"""What the calls about decisions send, and how their answers are read."""

from datetime import datetime, timezone

import pytest

from judgement_samples import CONFLICTS, FACT, JUDGEMENT, NOON, RESOLVED, SETTINGS
from loci_client import ComparedMemory, Conflict, Evidence, HistoryEntry, SupersededBy
from samples import MEMORY, STORED
from stand_ins import OpenClient, ScriptedService, answer, problem, sent

AT_NOON = datetime(2026, 5, 1, 12, tzinfo=timezone.utc)


def test_a_judgement_is_asked_for_like_a_store(open_client: OpenClient) -> None:
    service = ScriptedService(answer(JUDGEMENT))
    open_client(service).judge("ann", "Drinks tea", namespace="work", on_conflict="keep")
    assert sent(service.request) == (
        "POST",
        "/v1/memories/judge",
        {"user_id": "ann", "fact": "Drinks tea", "namespace": "work", "on_conflict": "keep"},
    )


def test_a_judgement_says_what_each_candidate_is(open_client: OpenClient) -> None:
    candidate = {
        "id": "b2",
        "fact": "Lives in Rome",
        "similarity": 0.7,
        "verdict": "replaces",
        "reason": "another city",
        "evidence": {"common": ["lives"], "only_stored": ["rome"], "only_new": ["oslo"]},
    }
    body = {**JUDGEMENT, "action": "replaced", "replaced_ids": ["b2"], "candidates": [candidate]}
    judged = open_client(ScriptedService(answer(body))).judge("ann", "Lives in Oslo")
    assert (judged.action, judged.replaced_ids) == ("replaced", ("b2",))
    assert judged.candidates == (
        ComparedMemory(
            id="b2",
            fact="Lives in Rome",
            similarity=0.7,
            verdict="replaces",
            reason="another city",
            evidence=Evidence(common=("lives",), only_stored=("rome",), only_new=("oslo",)),
        ),
    )


def test_a_store_says_what_becomes_of_contradicted_memories_and_is_told_why(
    open_client: OpenClient,
) -> None:
    service = ScriptedService(answer({**STORED, "reason": "another city"}, 201))
    stored = open_client(service).store("ann", "Lives in Oslo", on_conflict="ask")
    assert sent(service.request)[2] == {"user_id": "ann", "fact": "Lives in Oslo", "on_conflict": "ask"}
    assert stored.reason == "another city"


def test_a_history_tells_what_took_the_place_of_each_memory(open_client: OpenClient) -> None:
    entry = {
        "id": "b2",
        "fact": "Lives in Rome",
        "status": "superseded",
        "created_at": NOON,
        "valid_to": NOON,
        "recorded_at": NOON,
        "retired_at": None,
        "superseded_by": {"id": "c3", "reason": "moved", "evidence": ["now: oslo"], "at": NOON},
    }
    assert open_client(ScriptedService(answer({"history": [entry]}))).history("b2") == (
        HistoryEntry(
            id="b2",
            fact="Lives in Rome",
            status="superseded",
            created_at=AT_NOON,
            valid_to=AT_NOON,
            recorded_at=AT_NOON,
            retired_at=None,
            superseded_by=SupersededBy(id="c3", reason="moved", evidence=("now: oslo",), at=AT_NOON),
        ),
    )


def test_a_restored_memory_comes_back_as_it_is_read(open_client: OpenClient) -> None:
    service = ScriptedService(answer(MEMORY))
    memory = open_client(service).restore("a/b")
    assert sent(service.request)[:2] == ("POST", "/v1/memories/a%2Fb/restore")
    assert (memory.id, memory.status) == (MEMORY["id"], "active")


def test_what_stands_against_restoring_is_named(open_client: OpenClient) -> None:
    client = open_client(ScriptedService(problem(409, "conflict", id="c3")))
    with pytest.raises(Conflict) as caught:
        client.restore("b2")
    assert caught.value.existing_id == "c3"


def test_a_page_of_conflicts_holds_both_memories(open_client: OpenClient) -> None:
    (pair,) = open_client(ScriptedService(answer(CONFLICTS))).list_conflicts()
    assert (pair.old.fact, pair.new.fact, pair.resolution) == ("Lives in Rome", "Lives by the sea", None)


@pytest.mark.parametrize("body", [{"keep": "b2"}, {"fact": "Lives in Rome, by the sea"}])
def test_a_conflict_is_resolved_by_one_choice(open_client: OpenClient, body: dict[str, str]) -> None:
    service = ScriptedService(answer(RESOLVED))
    resolved = open_client(service).resolve_conflict("k1", **body)
    assert sent(service.request) == ("POST", "/v1/conflicts/k1/resolve", body)
    assert resolved.memory is not None
    assert resolved.memory.id == FACT["id"]
    assert resolved.conflict.resolution is not None
    assert (resolved.conflict.resolution.outcome, resolved.conflict.resolution.at) == ("one", AT_NOON)


def test_settings_are_changed_and_read(open_client: OpenClient) -> None:
    service = ScriptedService(answer(SETTINGS))
    assert open_client(service).change_settings(on_conflict="ask").on_conflict == "ask"
    assert sent(service.request) == ("PATCH", "/v1/settings", {"on_conflict": "ask"})
