"""Conversations among the records of `tests.fake_transaction`: how they end, and what holds a turn's text."""

from collections.abc import Iterable, Sequence

from app.domain import conversations
from app.domain.conversations import Conversation, Sequel, Tail, Tails
from app.domain.models import Memory, MemoryStatus, Neighbour


def tails(stored: Iterable[Memory], sequels: Iterable[Sequel], turns: Sequence[Memory]) -> Tails:
    """How the conversations of the turns end, without these turns and what came after them."""
    records = {one.id: one for one in stored}
    before = {one.next_id: records.get(one.turn_id) for one in sequels}
    own = {one.id for one in turns}
    found: dict[Conversation, Tail] = {}
    for conversation in {conversations.of(one) for one in turns} - {None}:
        assert conversation is not None
        said = sorted((one for one in records.values() if conversations.of(one) == conversation), key=_order)
        first = next((place for place, one in enumerate(said) if one.id in own), len(said))
        if said[:first]:
            last = said[first - 1]
            earlier = before.get(last.id)
            is_there = earlier is not None and earlier.scope_id == last.scope_id
            found[conversation] = Tail(last=last, before=earlier if is_there else None)
    return found


def said_then(stored: Iterable[Memory], turn: Memory) -> list[Neighbour]:
    """The active turns with the words and the time of this one."""
    return [
        Neighbour(memory=one, cosine=1.0)
        for one in sorted(stored, key=_order)
        if one.id != turn.id
        and one.status is MemoryStatus.ACTIVE
        and turn.valid_from != turn.recorded_at
        and conversations.of(one) == conversations.of(turn)
        and (one.content_hash, one.valid_from) == (turn.content_hash, turn.valid_from)
    ]


def neighbourhood(stored: Iterable[Memory], sequels: Iterable[Sequel], turn: Memory) -> set[str]:
    """The turn and those next to it in its scope, by their ids."""
    pairs = [(one.turn_id, one.next_id) for one in sequels]
    near = {next_id for turn_id, next_id in pairs if turn_id == turn.id}
    near |= {turn_id for turn_id, next_id in pairs if next_id == turn.id}
    return {one.id for one in stored if one.scope_id == turn.scope_id and one.id in near | {turn.id}}


def _order(turn: Memory) -> tuple[int, str]:
    return (turn.turn or 0, turn.id)
