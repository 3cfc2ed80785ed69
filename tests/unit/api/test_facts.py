"""What a fact on the wire tells the services, whoever is to remember it."""

import pytest

from app.api.schemas.agent_memories import AgentMemoryCreate
from app.api.schemas.memories import MemoryCreate
from app.services.remember import Draft

_SAID = {
    "conversation_id": "call-7",
    "speaker": "Ann",
    "title": "Rome",
    "entities": ["Italy", "Ed Wood (film)"],
}
_FACT = {"user_id": "ann", "fact": "It rains"}


def _drafts(**further: object) -> list[Draft]:
    sent = {**_FACT, **further}
    return [MemoryCreate.model_validate(sent).draft(), AgentMemoryCreate.model_validate(sent).draft("a1")]


def test_what_is_known_of_a_fact_reaches_the_services() -> None:
    for draft in _drafts(**_SAID):
        told = (draft.conversation_id, draft.speaker, draft.title, draft.entities)
        assert told == ("call-7", "Ann", "Rome", ["Italy", "Ed Wood (film)"])


@pytest.mark.parametrize("nothing", [{}, {"conversation_id": None, "speaker": None, "title": None}])
def test_nothing_need_be_known_of_a_fact(nothing: dict[str, None]) -> None:
    for draft in _drafts(**nothing):
        assert (draft.conversation_id, draft.speaker, draft.title, draft.entities) == (None, "", "", [])


def test_a_speaker_needs_no_conversation() -> None:
    assert [draft.speaker for draft in _drafts(speaker="Ann")] == ["Ann", "Ann"]


def test_a_fact_of_an_agent_has_that_agent_as_its_source() -> None:
    by_user, by_agent = _drafts()
    assert (by_user.source, by_user.agent_id) == ("api", None)
    assert (by_agent.source, by_agent.agent_id) == ("agent:a1", "a1")
