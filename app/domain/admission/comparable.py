"""Which memories can be one, or take each other's place, at all: the others are never judged together."""

from app.domain import text as texts
from app.domain.models import Memory


def are_together(one: Memory, other: Memory) -> bool:
    """Whether two memories lie where a fact is kept once."""
    # A team keeps a fact once, whoever of its authors shares it.
    if one.team_id is not None and one.team_id == other.team_id:
        return one.namespace == other.namespace
    return one.scope_id == other.scope_id


def are_comparable(one: Memory, other: Memory) -> bool:
    """Whether two memories are facts about the same: what they are titled, and who said them.

    Turns of conversations are compared with nothing. In a space a title only says its text in short.
    """
    if one.conversation_id is not None or other.conversation_id is not None:
        return False
    if one.space_id is not None:
        return True
    return _are_alike(one.title, other.title) and _are_alike(one.speaker, other.speaker)


def _are_alike(one: str, other: str) -> bool:
    return one == other or texts.normalised(one) == texts.normalised(other)
