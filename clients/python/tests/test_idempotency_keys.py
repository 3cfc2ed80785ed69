"""Which requests carry an Idempotency-Key, and whose."""

import uuid
from collections.abc import Callable

import httpx2
import pytest

from every_call import ONE_OF_EACH, SEARCHES
from judgement_samples import RESOLVED
from loci_client import IdempotencyMismatch, Loci, NewEdge, NewMemory
from people_samples import ACCEPTED, AGENT, AGENT_STORED, INVITATION, MEMBER, TEAM
from samples import EDGE, MEMORY, STORED, Act
from space_samples import TEXT
from stand_ins import OpenClient, ScriptedService, answer, problem

SEARCHING = {act for act, _, _ in SEARCHES}
Keyed = Callable[[Loci, str], object]
KEYED: list[tuple[Keyed, object]] = [
    (lambda c, key: c.store("ann", "Drinks tea", idempotency_key=key), STORED),
    (
        lambda c, key: c.store_many([NewMemory(user_id="ann", fact="x")], idempotency_key=key),
        {"results": []},
    ),
    (lambda c, key: c.connect("b2", "c3", "requires", idempotency_key=key), EDGE),
    (
        lambda c, key: c.connect_many(
            [NewEdge(from_memory_id="b2", to_memory_id="c3", relationship_type="requires")],
            idempotency_key=key,
        ),
        {"results": []},
    ),
    (lambda c, key: c.call_tool("smara_store_memory", "{}", idempotency_key=key), STORED),
    (lambda c, key: c.agents.create("CodeAssist", owner_id="dev", idempotency_key=key), AGENT),
    (lambda c, key: c.agents.store("4c", "ann", "Drinks tea", idempotency_key=key), AGENT_STORED),
    (lambda c, key: c.teams.create("Research", "research", by="ann", idempotency_key=key), TEAM),
    (lambda c, key: c.teams.add_member("t1", "bob", by="ann", idempotency_key=key), MEMBER),
    (lambda c, key: c.teams.invite("t1", "bob@example.org", by="ann", idempotency_key=key), INVITATION),
    (lambda c, key: c.teams.accept_invitation("only-once", "bob", idempotency_key=key), ACCEPTED),
    (lambda c, key: c.restore("b2", idempotency_key=key), MEMORY),
    (lambda c, key: c.resolve_conflict("k1", keep="both", idempotency_key=key), RESOLVED),
    (lambda c, key: c.spaces.store("notes", "A text", idempotency_key=key), TEXT),
]


@pytest.mark.parametrize(("act", "method", "body"), ONE_OF_EACH)
def test_exactly_the_posts_that_change_something_carry_one(
    open_client: OpenClient, act: Act, method: str, body: object
) -> None:
    service = ScriptedService(answer(body) if body is not None else httpx2.Response(204))
    act(open_client(service))
    key = service.request.headers.get("Idempotency-Key")
    changes = method == "POST" and act not in SEARCHING
    assert (key is not None and uuid.UUID(key).version == 4) is changes


@pytest.mark.parametrize(("act", "body"), KEYED)
def test_a_given_one_is_sent(open_client: OpenClient, act: Keyed, body: object) -> None:
    service = ScriptedService(answer(body))
    act(open_client(service), "nightly import, line 7")
    assert service.request.headers["Idempotency-Key"] == "nightly import, line 7"


def test_each_post_takes_one() -> None:
    posts = [act for act, method, _ in ONE_OF_EACH if method == "POST" and act not in SEARCHING]
    assert len(KEYED) == len(posts)


@pytest.mark.parametrize("key", ["", "line\nbreak", "schlüssel"])
def test_one_that_no_header_can_carry_is_refused_before_anything_is_sent(
    open_client: OpenClient, key: str
) -> None:
    service = ScriptedService()
    with pytest.raises(ValueError, match="idempotency_key"):
        open_client(service).store("ann", "Drinks tea", idempotency_key=key)
    assert service.requests == []


def test_one_of_another_request_is_an_error_of_its_own(open_client: OpenClient) -> None:
    service = ScriptedService(problem(422, "idempotency_mismatch"))
    with pytest.raises(IdempotencyMismatch) as caught:
        open_client(service).store("ann", "Drinks tea", idempotency_key="used before")
    assert (caught.value.status, len(service.requests)) == (422, 1)


def test_an_answer_that_was_given_before_is_read_like_the_first(open_client: OpenClient) -> None:
    service = ScriptedService(answer(STORED, 201, {"Idempotent-Replayed": "true"}))
    assert open_client(service).store("ann", "Drinks tea").action == "stored"
