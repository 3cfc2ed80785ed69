"""One request as a value: what to send, and how to read the answer. It sends nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

T = TypeVar("T")

Method = Literal["GET", "POST", "PATCH", "DELETE"]
Parameter = str | int


@dataclass(frozen=True, kw_only=True)
class Call(Generic[T]):
    """A request to a path below the base URL; `read` turns the parsed answer into the value.

    `read` gets None for an empty answer, and raises `decode.Mismatch` for one it does not understand.
    """

    method: Method
    path: str
    query: Mapping[str, Parameter] = field(default_factory=dict[str, Parameter])
    body: Mapping[str, object] | None = None
    read: Callable[[object], T]


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


def nothing(_: object) -> None:
    """Reads an answer without content."""


def _word(value: Parameter) -> Parameter:
    return str(value).lower() if isinstance(value, bool) else value
