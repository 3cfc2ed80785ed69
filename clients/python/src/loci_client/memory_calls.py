"""The calls about memories. Each function is a method of both clients, docstring included."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from loci_client import decode, problems
from loci_client.addresses import segment
from loci_client.call import Call, body_of, listed, nothing, parameters, wire_time
from loci_client.errors import ApiError
from loci_client.judgement_models import OnConflict
from loci_client.models import (
    Context,
    FoundMemory,
    Memory,
    NewMemory,
    StoreResult,
    UpdatedMemory,
    Usage,
    Visibility,
)


def store(
    user_id: str,
    fact: str,
    *,
    importance: float | None = None,
    source: str | None = None,
    namespace: str | None = None,
    team_id: str | None = None,
    visibility: Visibility | None = None,
    created_at: datetime | None = None,
    metadata: Mapping[str, object] | None = None,
    on_conflict: OnConflict | None = None,
    conversation_id: str | None = None,
    speaker: str | None = None,
    title: str | None = None,
    entities: Sequence[str] | None = None,
    idempotency_key: str | None = None,
) -> Call[StoreResult]:
    """Remember a fact. `importance`, from 0 to 1, says how slowly it fades.

    With `team_id` it is shared with that team, of which the user must be a member. `created_at` is when the
    fact began to hold, with a UTC offset; `on_conflict` what becomes of memories that it contradicts. With a
    `conversation_id` it is kept as what was said there, by `speaker`; `title` names what it is about,
    `entities` who and what else is in it. Raises: LociError.
    """
    given = body_of(user_id=user_id, fact=fact, importance=importance, source=source, namespace=namespace)
    held = body_of(
        team_id=team_id, visibility=visibility, created_at=wire_time(created_at), metadata=metadata
    )
    said = body_of(on_conflict=on_conflict, conversation_id=conversation_id, speaker=speaker)
    about = body_of(title=title, entities=listed(entities))
    return Call(
        method="POST",
        path="/v1/memories",
        body=given | held | said | about,
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(StoreResult, answer),
    )


def store_many(
    memories: Iterable[NewMemory], *, idempotency_key: str | None = None
) -> Call[tuple[StoreResult | ApiError, ...]]:
    """Remember 1 to 500 facts in order; an item that is refused does not touch the others.

    The outcomes come in the order of the facts. A refused fact's outcome is the error that `store` would
    have raised; here it is not raised. Raises: LociError when the request as a whole failed.
    """
    return Call(
        method="POST",
        path="/v1/memories/batch",
        body={"memories": [_new(one) for one in memories]},
        idempotency_key=idempotency_key,
        read=lambda answer: tuple(_outcome(one) for one in decode.items(answer, "results")),
    )


def search(
    user_id: str,
    query: str,
    *,
    limit: int | None = None,
    source: str | None = None,
    namespace: str | None = None,
    team_id: str | None = None,
    include_team: bool | None = None,
) -> Call[tuple[FoundMemory, ...]]:
    """Find a user's memories by meaning and age, best first; at most 50, 10 when not said.

    A team's memories are searched as well with both `team_id` and `include_team`, an agent's own with the
    source `agent:<its id>`. Raises: LociError.
    """
    return Call(
        method="GET",
        path="/v1/memories/search",
        query=parameters(
            user_id=user_id,
            q=query,
            limit=limit,
            source=source,
            namespace=namespace,
            team_id=team_id,
            include_team=include_team,
        ),
        read=lambda answer: decode.decode_items(FoundMemory, answer, "results"),
    )


def context(
    user_id: str,
    query: str | None = None,
    *,
    top_n: int | None = None,
    namespace: str | None = None,
    team_id: str | None = None,
    include_team: bool | None = None,
) -> Call[Context]:
    """Get memories as text for a prompt; without a query, those that have faded least.

    At most 20 memories, 5 when not said. Raises: LociError.
    """
    return Call(
        method="GET",
        path=f"/v1/users/{segment(user_id)}/context",
        query=parameters(
            q=query, top_n=top_n, namespace=namespace, team_id=team_id, include_team=include_team
        ),
        read=lambda answer: decode.decode(Context, answer),
    )


def get(memory_id: str) -> Call[Memory]:
    """Read a memory, active or superseded, with its history. Raises: LociError."""
    return Call(method="GET", path=_address(memory_id), read=lambda answer: decode.decode(Memory, answer))


def update(
    memory_id: str,
    *,
    importance: float | None = None,
    visibility: Visibility | None = None,
    team_id: str | None = None,
) -> Call[UpdatedMemory]:
    """Change a memory's importance, or who may find it. Raises: LociError."""
    return Call(
        method="PATCH",
        path=_address(memory_id),
        body=body_of(importance=importance, visibility=visibility, team_id=team_id),
        read=lambda answer: decode.decode(UpdatedMemory, answer),
    )


def delete(memory_id: str) -> Call[None]:
    """Forget a memory together with its history and its edges. Raises: LociError."""
    return Call(method="DELETE", path=_address(memory_id), read=nothing)


def usage() -> Call[Usage]:
    """Count the tenant's memories against its limit. Raises: LociError."""
    return Call(method="GET", path="/v1/usage", read=lambda answer: decode.decode(Usage, answer))


def _address(memory_id: str) -> str:
    return f"/v1/memories/{segment(memory_id)}"


def _new(memory: NewMemory) -> dict[str, object]:
    return body_of(
        user_id=memory.user_id,
        fact=memory.fact,
        importance=memory.importance,
        source=memory.source,
        namespace=memory.namespace,
        team_id=memory.team_id,
        visibility=memory.visibility,
        created_at=wire_time(memory.created_at),
        metadata=memory.metadata,
        on_conflict=memory.on_conflict,
        conversation_id=memory.conversation_id,
        speaker=memory.speaker,
        title=memory.title,
        entities=listed(memory.entities),
    )


def _outcome(item: object) -> StoreResult | ApiError:
    refusal = problems.of_batch_item(item)
    return decode.decode(StoreResult, item) if refusal is None else refusal
