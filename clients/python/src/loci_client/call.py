"""One request as a value: what to send, and how to read the answer. It sends nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, Literal, TypeVar

T_co = TypeVar("T_co", covariant=True)

Method = Literal["GET", "POST", "PATCH", "DELETE"]
Parameter = str | int | float


@dataclass(frozen=True, kw_only=True)
class Call(Generic[T_co]):
    """A request to a path below the base URL; `read` turns the parsed answer into the value.

    `read` gets None for an empty answer, and raises `decode.Mismatch` for one it does not understand.
    A POST that changes something carries `idempotency_key`, or one made for it when that is None.
    """

    method: Method
    path: str
    query: Mapping[str, Parameter] = field(default_factory=dict[str, Parameter])
    body: Mapping[str, object] | None = None
    idempotency_key: str | None = None
    only_reads: bool = False
    read: Callable[[object], T_co]


def parameters(**given: Parameter | None) -> dict[str, Parameter]:
    """The parameters that are not None, flags as the words that the service reads.

    >>> parameters(q="tea", limit=None, include_team=True)
    {'q': 'tea', 'include_team': 'true'}
    """
    return {name: _word(value) for name, value in given.items() if value is not None}


def body_of(**given: object) -> dict[str, object]:
    """The members that are not None.

    >>> body_of(fact="Drinks tea", importance=None)
    {'fact': 'Drinks tea'}
    """
    return {name: value for name, value in given.items() if value is not None}


def listed(given: Iterable[object] | None) -> list[object] | None:
    """What is given as JSON knows it: a list.

    >>> listed(("tea", "cake")), listed(None)
    (['tea', 'cake'], None)
    """
    return None if given is None else list(given)


def wire_time(moment: datetime | None) -> str | None:
    """The moment in words that the service reads. Raises: ValueError for one without an offset.

    >>> from datetime import timezone
    >>> wire_time(datetime(2026, 5, 1, 9, 30, tzinfo=timezone.utc))
    '2026-05-01T09:30:00+00:00'
    """
    if moment is None:
        return None
    if moment.utcoffset() is None:
        raise ValueError("a time needs a UTC offset, as in datetime.now(timezone.utc)")
    return moment.isoformat()


def nothing(_: object) -> None:
    """Reads an answer without content."""


def _word(value: Parameter) -> Parameter:
    return str(value).lower() if isinstance(value, bool) else value
