"""Links between memories, as clients make them, and the form that their free text takes in the graph."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.domain.models import JsonObject, JsonValue

MOST_GRAPH_TYPES = 500
"""How many relationship types one database holds; Neo4j has room for 65,536 and never frees one."""

OWN_GRAPH_TYPES = frozenset(
    """
    IN OF OF_USER OF_AGENT OF_TEAM OF_SPACE OPENS SUPERSEDED_BY PART_OF MEMBER_OF TO NEXT MENTIONS
    CONFLICTS_WITH
    """.split()
)
"""The relationship types that Loci gives a meaning of its own; no client's text becomes one of them."""

UNNAMED_GRAPH_TYPE = "LINKED"
"""What a text without any letter or digit becomes."""

_PREFIX = "LINK_"
_KEPT_CATEGORIES = "LMN"
_ID_LENGTH = len("00000000-0000-7000-8000-000000000000")
_LOCATOR_LENGTH = len("00000000-0000-7000-")
_BETWEEN_WORDS = re.compile("_+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedFrom:
    """The link, and the superseded memory, that a link was copied from."""

    edge_id: str
    memory_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One directed link; `weight` is in [0, 1], `relationship_type` the client's words, case and all."""

    id: str
    from_memory_id: str
    to_memory_id: str
    relationship_type: str
    weight: float
    created_at: datetime
    metadata: JsonObject = field(default_factory=dict[str, JsonValue])
    carried_from: CarriedFrom | None = None


def graph_type(relationship_type: str) -> str:
    """The relationship type that Neo4j shows for a client's words.

    Letters, marks and digits of every script stay, in upper case; whatever is between them becomes one
    underscore. What is one of ours, or does not begin with a letter, gets a prefix. Different words may
    become the same type: the words themselves are kept beside it and tell them apart.

    >>> graph_type("context_for"), graph_type("is part of"), graph_type("führt zu"), graph_type("7 days")
    ('CONTEXT_FOR', 'IS_PART_OF', 'FÜHRT_ZU', 'LINK_7_DAYS')
    >>> graph_type("in"), graph_type("-->"), graph_type("`a`]->()")
    ('LINK_IN', 'LINKED', 'A')
    """
    upper = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", relationship_type).upper())
    spaced = "".join(one if _is_kept(one) else "_" for one in upper)
    name = _BETWEEN_WORDS.sub("_", spaced).strip("_")
    if not name:
        return UNNAMED_GRAPH_TYPE
    if name in OWN_GRAPH_TYPES or not unicodedata.category(name[0]).startswith("L"):
        return _PREFIX + name
    return name


def new_id(*, from_memory_id: str, random: UUID) -> str:
    """The id of a new link: it begins like that of the memory it starts from and ends at random.

    Neo4j indexes relationships by type only, and the types are the clients'; so a link is found again
    through its memory. Of the 62 random bits, 10,000 links of one memory share none in 10^11 cases.

    >>> new_id(from_memory_id="0196f3a1-8c1e-7abc-8def-0123456789ab",
    ...     random=UUID("11111111-2222-4333-9444-555566667777"))
    '0196f3a1-8c1e-7abc-9444-555566667777'
    """
    return locator(from_memory_id) + str(random)[_LOCATOR_LENGTH:]


def locator(any_id: str) -> str:
    """The part that the id of a link has in common with that of the memory it starts from.

    >>> locator("0196f3a1-8c1e-7abc-9444-555566667777")
    '0196f3a1-8c1e-7abc-'
    """
    return any_id[:_LOCATOR_LENGTH]


def may_be_id(text: str) -> bool:
    """Whether a link could have that id; a short text would locate half of all memories.

    >>> may_be_id("0196f3a1-8c1e-7abc-9444-555566667777"), may_be_id("0")
    (True, False)
    """
    return len(text) == _ID_LENGTH


def strongest_first(links: Iterable[Link]) -> Sequence[Link]:
    """The links by weight, highest first, then by id."""
    return sorted(links, key=lambda one: (-one.weight, one.id))


def other_end(link: Link, memory_id: str) -> str:
    """The memory that a link joins with `memory_id`, which is one of its two ends."""
    return link.to_memory_id if link.from_memory_id == memory_id else link.from_memory_id


def _is_kept(character: str) -> bool:
    return unicodedata.category(character)[0] in _KEPT_CATEGORIES
