"""Conversations on Neo4j: how they end, what was said before, the order of turns, and their windows."""

from collections.abc import Mapping, Sequence

from app.domain import conversations
from app.domain import text as texts
from app.domain.conversations import Conversation, Sequel, Tail, Tails
from app.domain.models import Memory, Neighbour
from app.domain.passages import Passage
from app.graph import rows
from app.graph.driver import Transaction


async def tails(transaction: Transaction, memories: Sequence[Memory], *, tenant_id: str) -> Tails:
    """How the conversations end that turns among these memories go on with, without these turns."""
    own: dict[Conversation, list[str]] = {}
    for one in memories:
        conversation = conversations.of(one)
        if conversation is not None:
            own.setdefault(conversation, []).append(one.id)
    if not own:
        return {}
    asked = [
        {"scope_id": one.scope_id, "conversation_id": one.id, "own_ids": own_ids}
        for one, own_ids in own.items()
    ]
    (answer,) = await transaction.run("conversations/tails", tenant_id=tenant_id, conversations=asked)
    last: dict[Conversation, Memory] = {}
    before: dict[Conversation, Memory] = {}
    for row in answer["found"]:
        turn = rows.memory(row)
        ends = last if row["is_last"] else before
        ends[Conversation(scope_id=turn.scope_id, id=row["conversation_id"])] = turn
    return {one: Tail(last=turn, before=before.get(one)) for one, turn in last.items()}


async def said(
    transaction: Transaction, turns: Sequence[Memory], *, tenant_id: str
) -> Mapping[str, Sequence[Neighbour]]:
    """The active turns with the words and the time of each of these, in its conversation, by its id."""
    # A turn without a time of its own is one of the past only where it is the last, which `tails` knows.
    asked = [
        {
            "id": one.id,
            "scope_id": one.scope_id,
            "conversation_id": one.conversation_id,
            "content_hash": one.content_hash,
            "valid_from": one.valid_from,
        }
        for one in turns
        if one.valid_from != one.recorded_at
    ]
    found: dict[str, list[Neighbour]] = {one.id: [] for one in turns}
    if asked:
        (answer,) = await transaction.run("conversations/said", tenant_id=tenant_id, turns=asked)
        for row in answer["found"]:
            found[row["turn_id"]].append(Neighbour(memory=rows.memory(row), cosine=1.0))
    return found


async def join(transaction: Transaction, sequels: Sequence[Sequel], *, tenant_id: str) -> None:
    """Write which turn was said after which."""
    if sequels:
        pairs = [{"turn_id": one.turn_id, "next_id": one.next_id} for one in sequels]
        await transaction.run("conversations/join", tenant_id=tenant_id, pairs=pairs)


async def write_windows(transaction: Transaction, windows: Mapping[str, Passage], *, tenant_id: str) -> None:
    """Write the windows of turns, given by the turns' ids, instead of those they had."""
    if not windows:
        return
    written = [
        {
            "id": f"{turn_id}:window",
            "turn_id": turn_id,
            "text": window.text,
            "caption": texts.caption(window.text),
            "vector": rows.vector_parameter(window.vector),
        }
        for turn_id, window in windows.items()
    ]
    await transaction.run("conversations/write_windows", tenant_id=tenant_id, windows=written)


async def remove_windows(transaction: Transaction, *, tenant_id: str, memory_id: str) -> None:
    """Remove the windows that hold the text of an active turn, before it leaves its scope or is deleted."""
    await transaction.run("conversations/remove_windows", tenant_id=tenant_id, memory_id=memory_id)
