"""Makes methods of both clients from one definition of each call.

A call is written once, as a function that answers a `Call`. Here it becomes a method that blocks, or one that
is awaited, with the same parameters, defaults and docstring; type checkers and `help` see them.
"""

import functools
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, get_args

from loci_client.call import Call
from loci_client.walking import Listed, Walk

P = ParamSpec("P")
T = TypeVar("T")
L = TypeVar("L", bound=Listed)


class Performs(Protocol):
    """A client that blocks until a call is over."""

    def perform(self, call: Call[T]) -> T:
        """The call's value. Raises: LociError."""
        ...


class PerformsAsync(Protocol):
    """A client whose calls are awaited."""

    async def perform(self, call: Call[T]) -> T:
        """The call's value. Raises: LociError."""
        ...


def blocking(define: Callable[P, Call[T]]) -> Callable[Concatenate[Performs, P], T]:
    """The call as a method that blocks."""

    @functools.wraps(define)
    def method(self: Performs, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.perform(define(*args, **kwargs))

    _sign(method, define, answers=_value_of(define))
    return method


def awaited(define: Callable[P, Call[T]]) -> Callable[Concatenate[PerformsAsync, P], Coroutine[Any, Any, T]]:
    """The call as a method that is awaited."""

    @functools.wraps(define)
    async def method(self: PerformsAsync, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.perform(define(*args, **kwargs))

    _sign(method, define, answers=_value_of(define))
    return method


def iterating(define: Callable[P, Walk[L]]) -> Callable[Concatenate[Performs, P], Iterator[L]]:
    """The walk as a method that answers an iterator."""

    @functools.wraps(define)
    def method(self: Performs, /, *args: P.args, **kwargs: P.kwargs) -> Iterator[L]:
        walk = define(*args, **kwargs)
        while (call := walk.next_call()) is not None:
            yield from walk.take(self.perform(call))

    _sign(method, define, answers=Iterator[_value_of(define)])
    return method


def iterating_async(
    define: Callable[P, Walk[L]],
) -> Callable[Concatenate[PerformsAsync, P], AsyncIterator[L]]:
    """The walk as a method that answers an asynchronous iterator."""

    @functools.wraps(define)
    async def method(self: PerformsAsync, /, *args: P.args, **kwargs: P.kwargs) -> AsyncIterator[L]:
        walk = define(*args, **kwargs)
        while (call := walk.next_call()) is not None:
            for one in walk.take(await self.perform(call)):
                yield one

    _sign(method, define, answers=AsyncIterator[_value_of(define)])
    return method


def _value_of(define: Callable[..., object]) -> object:
    return get_args(inspect.signature(define).return_annotation)[0]


def _sign(method: Callable[..., object], define: Callable[..., object], *, answers: object) -> None:
    # Without a signature of its own, `inspect` would take the definition's first parameter for `self`.
    signed = inspect.signature(define)
    itself = inspect.Parameter("self", inspect.Parameter.POSITIONAL_ONLY)
    shown = signed.replace(parameters=[itself, *signed.parameters.values()], return_annotation=answers)
    vars(method)["__signature__"] = shown
