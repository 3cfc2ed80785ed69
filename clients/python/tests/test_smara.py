"""The module `smara`, over a real connection: what its contract says, and nothing more."""

import copy
import inspect
import pickle
import socket
from collections.abc import Iterator

import pytest

from recording_server import Script, serving
from smara import Memory, Smara, SmaraError, StoreResult

STORED = {"action": "stored", "id": "b2", "source": "api", "namespace": "default"}
ROW = {"id": "b2", "fact": "Drinks tea", "score": 0.7136, "similarity": 0.6312, "decay_score": 0.9057}
METHODS = {
    name: method for name, method in vars(Smara).items() if name == "__init__" or not name.startswith("_")
}
PROBLEM = {"status": 402, "code": "quota_exceeded", "detail": "Memory limit reached", "request_id": "r1"}


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Iterator[Script]:
    for name in ("SMARA_API_KEY", "SMARA_API_URL"):
        monkeypatch.delenv(name, raising=False)
    with serving() as script:
        yield script


@pytest.fixture
def client(script: Script) -> Iterator[Smara]:
    with Smara(api_key="smara_k", base_url=script.url + "/") as client:
        yield client


def sent(script: Script) -> tuple[str, str, object]:
    return script.request.method, script.request.target, script.request.body


def test_making_one_sends_nothing(script: Script, client: Smara) -> None:
    assert script.requests == []


def test_a_store_by_names_is_a_dictionary_that_prints_as_one(script: Script, client: Smara) -> None:
    script.answer(STORED, 201)
    result = client.store(user_id="user-123", fact="Prefers Python", importance=0.7)
    assert sent(script) == (
        "POST",
        "/v1/memories",
        {"user_id": "user-123", "fact": "Prefers Python", "importance": 0.7},
    )
    assert isinstance(result, dict)
    assert repr(result) == repr(STORED)
    assert (result["id"], result.id, result.action) == ("b2", "b2", "stored")


def test_a_store_by_position_sends_the_default_importance(script: Script, client: Smara) -> None:
    script.answer(STORED, 201)
    client.store("user-123", "Lives in New York")
    assert sent(script)[2] == {"user_id": "user-123", "fact": "Lives in New York", "importance": 0.5}


def test_a_store_sends_all_that_is_given(script: Script, client: Smara) -> None:
    script.answer(STORED, 201)
    client.store(
        "u",
        "f",
        1.0,
        "chat",
        "work",
        team_id="t1",
        visibility="team",
        created_at="2026-05-01T09:30:00Z",
        metadata={"a": 1},
    )
    assert sent(script)[2] == {
        "user_id": "u",
        "fact": "f",
        "importance": 1.0,
        "source": "chat",
        "namespace": "work",
        "team_id": "t1",
        "visibility": "team",
        "created_at": "2026-05-01T09:30:00Z",
        "metadata": {"a": 1},
    }


def test_search_rows_answer_by_name_and_by_key(script: Script, client: Smara) -> None:
    script.answer({"results": [ROW]})
    (row,) = client.search(user_id="user-123", q="cloud & tea", limit=5, namespace="infrastructure")
    assert sent(script) == (
        "GET",
        "/v1/memories/search?user_id=user-123&q=cloud+%26+tea&limit=5&namespace=infrastructure",
        None,
    )
    assert f"[{row.score:.3f}] {row.fact}" == "[0.714] Drinks tea"
    assert (row["score"], row.similarity, row.decay_score) == (0.7136, 0.6312, 0.9057)


def test_a_search_that_finds_nothing_is_an_empty_list(script: Script, client: Smara) -> None:
    script.answer({"results": []})
    assert client.search("user-123", "tea") == []


def test_a_search_of_a_team_says_so_in_words(script: Script, client: Smara) -> None:
    script.answer({"results": []})
    client.search("user-123", "tea", source="chat", team_id="t1", include_team=True)
    assert sent(script)[1] == (
        "/v1/memories/search?user_id=user-123&q=tea&limit=10&source=chat&team_id=t1&include_team=true"
    )


def test_a_context_is_its_text(script: Script, client: Smara) -> None:
    script.answer({"context": "[1] …", "memories": [ROW]})
    assert client.context("user-123") == "[1] …"
    assert sent(script) == ("GET", "/v1/users/user-123/context?top_n=5", None)


def test_a_context_sends_all_that_is_given(script: Script, client: Smara) -> None:
    script.answer({"context": "", "memories": []})
    client.context("u", "tea", 3, "work", team_id="t1", include_team=True)
    assert sent(script)[1] == "/v1/users/u/context?q=tea&top_n=3&namespace=work&team_id=t1&include_team=true"


@pytest.mark.parametrize(
    ("user_id", "segment"), [("team/ann", "team%2Fann"), ("ann@x. ü", "ann%40x.%20%C3%BC"), ("..", "%2E%2E")]
)
def test_any_user_id_stays_one_segment_on_the_wire(
    script: Script, client: Smara, user_id: str, segment: str
) -> None:
    script.answer({"context": "", "memories": []})
    client.context(user_id)
    assert script.request.target == f"/v1/users/{segment}/context?top_n=5"


def test_a_memory_is_read_with_its_history(script: Script, client: Smara) -> None:
    script.answer({**ROW, "history": [{"id": "a1"}]})
    memory = client.get("b2")
    assert sent(script) == ("GET", "/v1/memories/b2", None)
    assert memory.history == [{"id": "a1"}]


def test_a_delete_answers_nothing(script: Script, client: Smara) -> None:
    script.answer(None, 204)
    client.delete("b2")
    assert sent(script) == ("DELETE", "/v1/memories/b2", None)


def test_usage_is_a_dictionary(script: Script, client: Smara) -> None:
    script.answer({"plan": "self-hosted", "memories_used": 12})
    assert client.usage() == {"plan": "self-hosted", "memories_used": 12}


def test_the_key_is_sent_as_a_bearer(script: Script, client: Smara) -> None:
    script.answer({"plan": "self-hosted"})
    client.usage()
    assert script.request.headers["authorization"] == "Bearer smara_k"


def test_key_and_address_come_from_the_environment(script: Script, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARA_API_KEY", "smara_outside")
    monkeypatch.setenv("SMARA_API_URL", script.url + "//")
    script.answer({"plan": "self-hosted"})
    with Smara() as client:
        client.usage()
    assert script.request.headers["authorization"] == "Bearer smara_outside"
    assert script.request.target == "/v1/usage"


def test_no_key_at_all_is_a_value_error(script: Script) -> None:
    with pytest.raises(ValueError, match="SMARA_API_KEY"):
        Smara(base_url=script.url)


def test_a_refusal_is_raised_with_what_the_service_said(script: Script, client: Smara) -> None:
    script.answer(PROBLEM, 402)
    with pytest.raises(SmaraError, match="Memory limit reached") as caught:
        client.store("u", "f")
    error = caught.value
    assert (error.status, error.code, error.detail, error.request_id) == (
        402,
        "quota_exceeded",
        "Memory limit reached",
        "r1",
    )


@pytest.mark.parametrize("status", [429, 503])
def test_nothing_is_sent_twice(script: Script, client: Smara, status: int) -> None:
    script.answer({**PROBLEM, "status": status}, status)
    with pytest.raises(SmaraError):
        client.usage()
    assert len(script.requests) == 1


def test_a_refused_delete_is_raised(script: Script, client: Smara) -> None:
    script.answer({**PROBLEM, "code": "not_found"}, 404)
    with pytest.raises(SmaraError) as caught:
        client.delete("b2")
    assert (caught.value.status, caught.value.code) == (404, "not_found")


def test_no_answer_has_status_zero() -> None:
    with socket.socket() as reserved:
        # Bound but not listening: nothing else can take the port, and every connection is refused.
        reserved.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}"
        with Smara("smara_k", url) as client, pytest.raises(SmaraError, match="No answer from") as caught:
            client.usage()
    assert (caught.value.status, caught.value.code) == (0, "connection_error")


@pytest.mark.parametrize("content", [b"<html>", b"[]", b"{}"])
def test_an_answer_of_some_other_program_is_a_smara_error(
    script: Script, client: Smara, content: bytes
) -> None:
    script.content = content
    with pytest.raises(SmaraError, match="check base_url") as caught:
        client.context("u")
    assert (caught.value.status, caught.value.code) == (200, "invalid_answer")


def test_a_refusal_in_other_words_is_told_by_its_status(script: Script, client: Smara) -> None:
    script.status, script.content = 502, b"<html>"
    with pytest.raises(SmaraError, match="answered 502 Bad Gateway") as caught:
        client.usage()
    assert caught.value.code == "unknown"


@pytest.mark.parametrize("row", [Memory(ROW), StoreResult(STORED)])
def test_an_unknown_attribute_is_an_attribute_error(row: Memory | StoreResult) -> None:
    assert not hasattr(row, "colour")
    with pytest.raises(AttributeError, match="has no 'colour'; it has "):
        row.colour  # noqa: B018  # reading it is the test


def test_rows_can_be_copied_and_pickled() -> None:
    row = Memory(ROW)
    assert copy.deepcopy(row) == pickle.loads(pickle.dumps(row)) == row  # noqa: S301  # made in the line itself


def test_an_error_survives_the_way_between_processes() -> None:
    error = SmaraError("Gone", status=410, code="gone", request_id="r1")
    assert vars(pickle.loads(pickle.dumps(error))) == vars(error)  # noqa: S301  # made in the line itself


def test_the_parameters_are_those_of_the_contract() -> None:
    assert {name: str(inspect.signature(method)) for name, method in METHODS.items()} == {
        "__init__": "(self, api_key: str | None = None, base_url: str | None = None, timeout: float = 30.0)"
        " -> None",
        "store": "(self, user_id: str, fact: str, importance: float = 0.5, source: str | None = None,"
        " namespace: str | None = None, *, team_id: str | None = None, visibility: str | None = None,"
        " created_at: str | None = None, metadata: dict[str, typing.Any] | None = None)"
        " -> smara.rows.StoreResult",
        "search": "(self, user_id: str, q: str, limit: int = 10, namespace: str | None = None, *,"
        " source: str | None = None, team_id: str | None = None, include_team: bool = False)"
        " -> list[smara.rows.Memory]",
        "context": "(self, user_id: str, q: str | None = None, top_n: int = 5, namespace: str | None = None,"
        " *, team_id: str | None = None, include_team: bool = False) -> str",
        "get": "(self, memory_id: str) -> smara.rows.Memory",
        "delete": "(self, memory_id: str) -> None",
        "usage": "(self) -> dict[str, typing.Any]",
        "close": "(self) -> None",
    }
