"""Named things on Neo4j: what memories are about, list, and mention in their texts.

A name and a text that mentions it are joined whichever of them comes first, and only within one scope.
Whoever calls these holds the locks of the scopes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from app.domain import entities
from app.domain.admission import Candidate
from app.graph import phrases
from app.graph.driver import Row, Transaction

_MOST_OLDER = 200
"""Of a name that more memories mention than this, one new mention says little."""

_Names: TypeAlias = dict[str, dict[str, str]]
"""The named things of scopes: by the scope's id, their names by their keys."""
_Mention: TypeAlias = tuple[str, str, str]
"""The id of a memory, the key of what it mentions, and the role of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is read of a memory; `title` and `given` are names, the first empty where there is none."""

    memory_id: str
    scope_id: str
    text: str
    title: str
    given: Sequence[str]

    def names(self) -> Mapping[str, str]:
        """The names by their keys, the title's spelling before others."""
        names = [self.title, *self.given]
        return {key: name for name in reversed(names) if (key := entities.key(name))}


async def name(transaction: Transaction, candidates: Sequence[Candidate], *, tenant_id: str) -> None:
    """Join new memories with the named things of their scopes; those of spaces have none."""
    told = [_told(one) for one in candidates if one.memory.space_id is None]
    if told:
        await _join(transaction, told, tenant_id=tenant_id)


async def move(transaction: Transaction, *, tenant_id: str, memory_id: str, scope_id: str) -> None:
    """Join a memory, which lies in that scope by now, with the named things there instead of its old ones."""
    for row in await transaction.run("entities/forget", tenant_id=tenant_id, memory_id=memory_id):
        told = _Told(
            memory_id=memory_id, scope_id=scope_id, text=row["text"], title=row["title"], given=row["given"]
        )
        await _join(transaction, [told], tenant_id=tenant_id)


async def carry(transaction: Transaction, moves: Sequence[Mapping[str, str]], *, tenant_id: str) -> None:
    """Take the named things along after all memories of scopes `from_id` were moved to scopes `to_id`."""
    await transaction.run("entities/carry", tenant_id=tenant_id, moves=moves)


def _told(candidate: Candidate) -> _Told:
    one = candidate.memory
    return _Told(
        memory_id=one.id, scope_id=one.scope_id, text=one.text, title=one.title, given=candidate.entities
    )


async def _join(transaction: Transaction, told: Sequence[_Told], *, tenant_id: str) -> None:
    named = _named(told)
    known = await _known(transaction, told, tenant_id)
    new = _without(named, known)
    await _create(transaction, new, tenant_id)
    mentions = _in_texts(told, named, known)
    mentions += await _older_mentions(transaction, new, tenant_id)
    mentions += [(one.memory_id, key, role) for one in told for key, role in _roles(one).items()]
    await _mention(transaction, mentions, tenant_id)


def _named(told: Iterable[_Told]) -> _Names:
    names: _Names = {}
    for one in told:
        of_scope = names.setdefault(one.scope_id, {})
        for key, spelled in one.names().items():
            of_scope.setdefault(key, spelled)
    return names


def _without(names: _Names, known: _Names) -> _Names:
    return {
        scope_id: {key: spelled for key, spelled in of_scope.items() if key not in known[scope_id]}
        for scope_id, of_scope in names.items()
    }


def _in_texts(told: Iterable[_Told], named: _Names, known: _Names) -> list[_Mention]:
    names = {scope_id: entities.Names({**named[scope_id], **known[scope_id]}) for scope_id in named}
    return [
        (one.memory_id, key, "text") for one in told for key in names[one.scope_id].mentioned_in(one.text)
    ]


def _roles(one: _Told) -> Mapping[str, str]:
    roles = dict.fromkeys(one.names(), "given")
    if title := entities.key(one.title):
        roles[title] = "title"
    return roles


async def _known(transaction: Transaction, told: Sequence[_Told], tenant_id: str) -> _Names:
    """The named things of the scopes, or where there are very many, those that the memories may mention."""
    scope_ids = list(dict.fromkeys(one.scope_id for one in told))
    # To look up every run of words in a text takes about as long as to read a name for each of its letters.
    most = sum(len(one.text) for one in told) + 1
    found = await transaction.run("entities/known", tenant_id=tenant_id, scope_ids=scope_ids, most=most)
    names = _names(scope_ids, found)
    crowded = [scope_id for scope_id in scope_ids if len(names[scope_id]) == most]
    if crowded:
        wanted = [_wanted(scope_id, told) for scope_id in crowded]
        among = await transaction.run("entities/among", tenant_id=tenant_id, wanted=wanted)
        names |= _names(crowded, among)
    return names


def _wanted(scope_id: str, told: Iterable[_Told]) -> Mapping[str, Any]:
    keys: set[str] = set()
    for one in told:
        if one.scope_id == scope_id:
            keys |= {*one.names(), *entities.keys_in(one.text, most=None)}
    return {"scope_id": scope_id, "keys": sorted(keys)}


def _names(scope_ids: Iterable[str], found: Iterable[Row]) -> _Names:
    names: _Names = {scope_id: {} for scope_id in scope_ids}
    for row in found:
        names[row["scope_id"]] = dict(row["entities"])
    return names


async def _create(transaction: Transaction, new: _Names, tenant_id: str) -> None:
    made = [
        {"scope_id": scope_id, "key": key, "name": spelled}
        for scope_id, of_scope in new.items()
        for key, spelled in of_scope.items()
    ]
    if made:
        await transaction.run("entities/create", tenant_id=tenant_id, entities=made)


async def _older_mentions(transaction: Transaction, new: _Names, tenant_id: str) -> list[_Mention]:
    """The memories that were there before, and mention names that were not."""
    wanted = [
        {"scope_id": scope_id, "key": key, "words": phrases.of_name(spelled)}
        for scope_id, of_scope in new.items()
        for key, spelled in of_scope.items()
        if entities.is_looked_for(spelled)
    ]
    if not wanted:
        return []
    found = await transaction.run(
        "entities/may_mention", tenant_id=tenant_id, entities=wanted, most=_MOST_OLDER
    )
    return [
        (row["memory_id"], key, "text")
        for row in found
        for key in row["keys"]
        if entities.mentions(row["text"], new[row["scope_id"]][key])
    ]


async def _mention(transaction: Transaction, mentions: Sequence[_Mention], tenant_id: str) -> None:
    if mentions:
        # Of equal pairs the last stays, which is the one with the strongest role.
        strongest = {(memory_id, key): role for memory_id, key, role in mentions}
        rows = [
            {"memory_id": memory_id, "key": key, "role": role} for (memory_id, key), role in strongest.items()
        ]
        await transaction.run("entities/mention", tenant_id=tenant_id, mentions=rows)
