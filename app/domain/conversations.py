"""Conversations: the order of turns, which of them is one told again, and the windows they are found under.

A turn is a record of what was said. It is never judged, and only a repeated one is not stored anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from app.domain import passages
from app.domain.models import Memory, MemoryStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Which conversation a turn belongs to; the same id names another conversation in another scope."""

    scope_id: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """How a conversation ends: its last turn and the one before it there, whatever became of them."""

    last: Memory
    before: Memory | None = None


Tails: TypeAlias = Mapping[Conversation, Tail]
"""The tails of conversations; those that have no turn yet are not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequel:
    """One turn and the one that was said next."""

    turn_id: str
    next_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The text under which a turn is found besides its own: with what was said before and after it."""

    memory_id: str
    text: str


class Endings:
    """How conversations end while turns are added to them, one after the other."""

    def __init__(self, tails: Tails) -> None:
        self._tails = dict(tails)
        self.sequels: list[Sequel] = []

    @property
    def tails(self) -> Tails:
        """How the conversations end now."""
        return dict(self._tails)

    def last(self, turn: Memory) -> Memory | None:
        """The last turn of the conversation that this one belongs to."""
        tail = self._tails.get(_conversation(turn))
        return None if tail is None else tail.last

    def add(self, turn: Memory) -> Memory:
        """Put a turn at the end of its conversation; the answer has its place there."""
        last = self.last(turn)
        added = replace(turn, turn=0 if last is None or last.turn is None else last.turn + 1)
        self._tails[_conversation(turn)] = Tail(last=added, before=last)
        if last is not None:
            self.sequels.append(Sequel(turn_id=last.id, next_id=added.id))
        return added


def of(memory: Memory) -> Conversation | None:
    """The conversation that a memory is a turn of; None for a fact."""
    return None if memory.conversation_id is None else _conversation(memory)


def repeats(turn: Memory, said: Memory, *, is_last: bool) -> bool:
    """Whether a turn is one of the same conversation told again: the same words by the same speaker.

    The last turn is told again by a repeated request; an earlier one only with the time at which it was said.
    """
    # Without a time of its own a turn has that of the request, which says nothing of when it was said.
    same_time = turn.valid_from == said.valid_from and turn.valid_from != turn.recorded_at
    return (
        said.status is MemoryStatus.ACTIVE
        and said.content_hash == turn.content_hash
        and said.speaker == turn.speaker
        and of(said) == of(turn)
        and (is_last or same_time)
    )


def added(turns: Iterable[Memory], *, tails: Tails) -> tuple[list[Memory], Tails]:
    """The turns among these memories that go on with their conversations, and how those end then.

    Only what repeats the last turn is left out here; what else was told before, the stores know.
    """
    endings, new = Endings(tails), list[Memory]()
    for turn in turns:
        if turn.conversation_id is None:
            continue
        last = endings.last(turn)
        if last is None or not repeats(turn, last, is_last=True):
            new.append(endings.add(turn))
    return new, endings.tails


def windows(memories: Iterable[Memory], *, tails: Tails) -> list[Window]:
    """The windows that change when the turns among these memories go on with their conversations.

    Those are their own, and that of the turn that was last so far. A window never reaches over a turn that
    is not active. A long turn has none, since its passages are what it is found under.
    """
    said: dict[Conversation, list[Memory]] = {}
    for one in memories:
        conversation = of(one)
        if conversation is not None:
            said.setdefault(conversation, []).append(one)
    return [
        window
        for conversation, turns in said.items()
        for window in _of_stretch(_heard(tails.get(conversation)), turns)
    ]


def _conversation(turn: Memory) -> Conversation:
    if turn.conversation_id is None:
        raise ValueError(f"the memory {turn.id} is no turn of a conversation")
    return Conversation(scope_id=turn.scope_id, id=turn.conversation_id)


def _heard(tail: Tail | None) -> list[Memory]:
    """The end of a conversation as far as it can be shown."""
    if tail is None or tail.last.status is not MemoryStatus.ACTIVE:
        return []
    if tail.before is None or tail.before.status is not MemoryStatus.ACTIVE:
        return [tail.last]
    return [tail.before, tail.last]


def _of_stretch(heard: Sequence[Memory], turns: Sequence[Memory]) -> list[Window]:
    stretch = [one.text for one in (*heard, *turns)]
    first_changed = max(0, len(heard) - 1)
    found = list[Window]()
    for place, turn in enumerate((*heard, *turns)):
        text = _window(stretch, place) if place >= first_changed else None
        if text is not None:
            found.append(Window(memory_id=turn.id, text=text))
    return found


def _window(stretch: Sequence[str], place: int) -> str | None:
    # Of a long neighbour only the nearest passage: more would leave no room in what an encoder reads.
    before = [_parts(one)[-1] for one in stretch[max(0, place - 1) : place]]
    after = [_parts(one)[0] for one in stretch[place + 1 : place + 2]]
    if passages.of(stretch[place]) or not before + after:
        return None
    return "\n".join((*before, stretch[place], *after))


def _parts(text: str) -> Sequence[str]:
    return passages.of(text) or [text]
