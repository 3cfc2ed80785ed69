"""Facts and turns of conversations as callers hand them in, and the memories they would be."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import uuid6

from app.domain import text as texts
from app.domain.admission import OnConflict
from app.domain.models import JsonObject, JsonValue, Memory, Scope, Visibility
from app.errors import InvalidInput
from app.services.scoping import Authorship

_CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A fact as a caller hands it in; `created_at` is when it began to hold, now if None.

    `agent_id` files it with that agent, as does a source that names a registered one. Without
    `on_conflict` the tenant's setting counts. With a `conversation_id` it is the next turn of that
    conversation, said by `speaker`. `title` and `entities` name what it is about.
    """

    user_id: str
    text: str
    namespace: str = "default"
    importance: float = 0.5
    source: str = "api"
    visibility: Visibility = Visibility.PRIVATE
    team_id: str | None = None
    agent_id: str | None = None
    on_conflict: OnConflict | None = None
    created_at: datetime | None = None
    conversation_id: str | None = None
    speaker: str = ""
    title: str = ""
    entities: Sequence[str] = ()
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The memory that a draft would be, in its scope, and what else was said of it."""

    memory: Memory
    scope: Scope
    on_conflict: OnConflict | None
    entities: Sequence[str]


def authorship(draft: Draft, *, tenant_id: str) -> Authorship:
    """Who writes a draft, and for whom."""
    return Authorship(
        tenant_id=tenant_id,
        user_id=draft.user_id,
        namespace=draft.namespace,
        source=draft.source,
        team_id=draft.team_id if draft.visibility is Visibility.TEAM else None,
        agent_id=draft.agent_id,
    )


def check(draft: Draft, *, now: datetime) -> None:
    """Raises: InvalidInput for what cannot be stored as it says."""
    if draft.created_at is not None and draft.created_at > now + _CLOCK_TOLERANCE:
        reason = "created_at lies in the future; it may be at most 5 minutes ahead"
        raise InvalidInput(reason, fields={"created_at": reason})
    if draft.conversation_id is not None and draft.on_conflict is not None:
        reason = "on_conflict cannot be given for a turn of a conversation: turns never replace each other"
        raise InvalidInput(reason, fields={"on_conflict": reason})


def prepared(draft: Draft, scope: Scope, *, now: datetime) -> Prepared:
    """What storing a sound draft in that scope would write."""
    return Prepared(
        memory=_memory(draft, scope, now), scope=scope, on_conflict=draft.on_conflict, entities=draft.entities
    )


def _memory(draft: Draft, scope: Scope, now: datetime) -> Memory:
    held_from = draft.created_at or now
    return Memory(
        # Time-ordered ids keep the order of arrival; made here, so that a retried write is the same.
        id=str(uuid6.uuid7()),
        tenant_id=scope.tenant_id,
        scope_id=scope.id,
        user_id=draft.user_id,
        namespace=draft.namespace,
        agent_id=scope.agent_id,
        team_id=scope.team_id,
        visibility=Visibility.PRIVATE if scope.team_id is None else Visibility.TEAM,
        text=draft.text,
        caption=texts.caption(draft.text),
        title=draft.title,
        speaker=draft.speaker,
        conversation_id=draft.conversation_id,
        content_hash=texts.content_hash(draft.text),
        importance=draft.importance,
        source=draft.source,
        metadata=draft.metadata,
        valid_from=held_from,
        refreshed_at=held_from,
        recorded_at=now,
    )
