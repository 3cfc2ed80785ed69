"""The calls about agents. Each function is a method of `agents` of both clients, docstring included."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from loci_client import decode
from loci_client.addresses import segment
from loci_client.agent_models import Agent, AgentMemory
from loci_client.call import Call, body_of, listed, nothing, parameters, wire_time
from loci_client.models import FoundMemory, StoreResult

Clearable = Literal["description", "model", "system_prompt"]


def create(
    name: str,
    *,
    owner_id: str,
    description: str | None = None,
    model: str | None = None,
    system_prompt: str | None = None,
    idempotency_key: str | None = None,
) -> Call[Agent]:
    """Register an agent; names need not be unique. Raises: LociError."""
    return Call(
        method="POST",
        path="/v1/agents",
        body=body_of(
            name=name, owner_id=owner_id, description=description, model=model, system_prompt=system_prompt
        ),
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(Agent, answer),
    )


def get(agent_id: str) -> Call[Agent]:
    """Read an agent. Raises: LociError."""
    return Call(method="GET", path=_address(agent_id), read=lambda answer: decode.decode(Agent, answer))


def list_all(*, owner_id: str | None = None) -> Call[tuple[Agent, ...]]:
    """List all agents, or those of one owner, newest first. Raises: LociError."""
    return Call(
        method="GET",
        path="/v1/agents",
        query=parameters(owner_id=owner_id),
        read=lambda answer: decode.decode_items(Agent, answer, "agents"),
    )


def update(
    agent_id: str,
    *,
    name: str | None = None,
    description: str | None = None,
    model: str | None = None,
    system_prompt: str | None = None,
    clear: Iterable[Clearable] = (),
) -> Call[Agent]:
    """Change what is given of an agent; what `clear` names becomes None. Raises: LociError."""
    given = body_of(name=name, description=description, model=model, system_prompt=system_prompt)
    return Call(
        method="PATCH",
        path=_address(agent_id),
        body={**given, **dict.fromkeys(clear)},
        read=lambda answer: decode.decode(Agent, answer),
    )


def delete(agent_id: str) -> Call[None]:
    """Remove an agent together with its memories. Raises: LociError."""
    return Call(method="DELETE", path=_address(agent_id), read=nothing)


def store(
    agent_id: str,
    user_id: str,
    fact: str,
    *,
    importance: float | None = None,
    namespace: str | None = None,
    created_at: datetime | None = None,
    metadata: Mapping[str, object] | None = None,
    conversation_id: str | None = None,
    speaker: str | None = None,
    title: str | None = None,
    entities: Sequence[str] | None = None,
    idempotency_key: str | None = None,
) -> Call[StoreResult]:
    """Remember what an agent knows about a user; plain searches do not find it.

    `importance`, from 0 to 1, says how slowly it fades; `created_at`, when the fact began to hold, needs a
    UTC offset. With a `conversation_id` it is kept as what was said there, by `speaker`; `title` names what
    it is about, `entities` who and what else is in it. Raises: LociError.
    """
    given = body_of(user_id=user_id, fact=fact, importance=importance, namespace=namespace, metadata=metadata)
    said = body_of(created_at=wire_time(created_at), conversation_id=conversation_id, speaker=speaker)
    return Call(
        method="POST",
        path=_address(agent_id, "/memories"),
        body=given | said | body_of(title=title, entities=listed(entities)),
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(StoreResult, answer),
    )


def search(
    agent_id: str, user_id: str, query: str, *, limit: int | None = None, namespace: str | None = None
) -> Call[tuple[FoundMemory, ...]]:
    """Find what an agent knows about a user, best first; at most 50, 10 when not said.

    Raises: LociError; ValueError for a blank query, which the service takes for a listing.
    """
    if not query.strip():
        raise ValueError("query is blank; list_memories lists an agent's memories without one")
    return Call(
        method="GET",
        path=_address(agent_id, "/memories"),
        query=parameters(user_id=user_id, q=query, limit=limit, namespace=namespace),
        read=lambda answer: decode.decode_items(FoundMemory, answer, "results"),
    )


def list_memories(
    agent_id: str, user_id: str, *, limit: int | None = None, namespace: str | None = None
) -> Call[tuple[AgentMemory, ...]]:
    """List what an agent knows about a user, newest first; at most 50, 10 when not said.

    Raises: LociError.
    """
    return Call(
        method="GET",
        path=_address(agent_id, "/memories"),
        query=parameters(user_id=user_id, limit=limit, namespace=namespace),
        read=lambda answer: decode.decode_items(AgentMemory, answer, "memories"),
    )


def _address(agent_id: str, below: str = "") -> str:
    return f"/v1/agents/{segment(agent_id)}{below}"
