"""The calls about decisions. Each function is a method of both clients, docstring included."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from loci_client import decode
from loci_client.addresses import segment
from loci_client.call import Call, body_of, parameters, wire_time
from loci_client.judgement_models import (
    ConflictPage,
    HistoryEntry,
    Judgement,
    OnConflict,
    ResolvedConflict,
    Settings,
)
from loci_client.models import Memory, Visibility


def judge(
    user_id: str,
    fact: str,
    *,
    source: str | None = None,
    namespace: str | None = None,
    team_id: str | None = None,
    visibility: Visibility | None = None,
    created_at: datetime | None = None,
    metadata: Mapping[str, object] | None = None,
    on_conflict: OnConflict | None = None,
) -> Call[Judgement]:
    """Ask what `store` would do with a fact, and why; nothing is written. Raises: LociError."""
    return Call(
        method="POST",
        path="/v1/memories/judge",
        body=body_of(
            user_id=user_id,
            fact=fact,
            source=source,
            namespace=namespace,
            team_id=team_id,
            visibility=visibility,
            created_at=wire_time(created_at),
            metadata=metadata,
            on_conflict=on_conflict,
        ),
        only_reads=True,
        read=lambda answer: decode.decode(Judgement, answer),
    )


def history(memory_id: str) -> Call[tuple[HistoryEntry, ...]]:
    """Read all that a memory took the place of and that took its place, oldest first. Raises: LociError."""
    return Call(
        method="GET",
        path=f"/v1/memories/{segment(memory_id)}/history",
        read=lambda answer: decode.decode_items(HistoryEntry, answer, "history"),
    )


def restore(memory_id: str, *, idempotency_key: str | None = None) -> Call[Memory]:
    """Make a superseded or deleted memory active again; what took its place becomes its history.

    Raises: LociError; Conflict when it is active, or with the `existing_id` of one that says the same.
    """
    return Call(
        method="POST",
        path=f"/v1/memories/{segment(memory_id)}/restore",
        body={},
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(Memory, answer),
    )


def list_conflicts(
    *,
    user_id: str | None = None,
    namespace: str | None = None,
    status: Literal["open", "resolved"] | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> Call[ConflictPage]:
    """List one page of conflicts between memories, newest first; the open ones when not said.

    At most 100, 20 when not said. Raises: LociError.
    """
    return Call(
        method="GET",
        path="/v1/conflicts",
        query=parameters(user_id=user_id, namespace=namespace, status=status, limit=limit, offset=offset),
        read=lambda answer: decode.decode(ConflictPage, answer),
    )


def resolve_conflict(
    conflict_id: str,
    *,
    keep: str | None = None,
    fact: str | None = None,
    idempotency_key: str | None = None,
) -> Call[ResolvedConflict]:
    """Settle a conflict by exactly one of `keep` and `fact`.

    `keep` is `both` or the id of the memory that stands, `fact` the text of a new one in the place of both.
    Raises: LociError; Conflict when it was resolved before.
    """
    return Call(
        method="POST",
        path=f"/v1/conflicts/{segment(conflict_id)}/resolve",
        body=body_of(keep=keep, fact=fact),
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(ResolvedConflict, answer),
    )


def settings() -> Call[Settings]:
    """Read what the tenant has decided for all requests. Raises: LociError."""
    return Call(method="GET", path="/v1/settings", read=lambda answer: decode.decode(Settings, answer))


def change_settings(*, on_conflict: OnConflict) -> Call[Settings]:
    """Change what the tenant has decided for all requests. Raises: LociError."""
    return Call(
        method="PATCH",
        path="/v1/settings",
        body=body_of(on_conflict=on_conflict),
        read=lambda answer: decode.decode(Settings, answer),
    )
