"""Items of a batch that were refused, and bodies of items read one by one."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from fastapi import Request
from pydantic import ValidationError

from app.api import problems, settled, validation
from app.api.schemas.batch import ItemRefused
from app.errors import InvalidInput, LociError

T = TypeVar("T")
R = TypeVar("R")


def sound(read: Callable[[], T]) -> T | LociError:
    """What `read` makes of an item, or why it is refused."""
    try:
        return read()
    except ValidationError as refused:
        return validation.invalid_input(refused.errors(include_url=False, include_input=False))
    except InvalidInput as refused:
        return refused


def beside(
    outcomes: Sequence[T | LociError], request: Request, *, shown: Callable[[int, T], R]
) -> list[R | ItemRefused]:
    """What is answered for each item of a batch, in order; `shown` makes that of a sound one."""
    return [
        _refused(index, one, request) if isinstance(one, LociError) else shown(index, one)
        for index, one in enumerate(outcomes)
    ]


def _refused(index: int, error: LociError, request: Request) -> ItemRefused:
    """The members of the problem that a single request would be answered with."""
    kind = problems.kind_of(error, path=request.url.path)
    of_a_problem = {"status": kind.status, "code": kind.code, "error": str(error)}
    further = problems.members(error, upgrade_url=settled.limits(request).upgrade_url)
    return ItemRefused.model_validate({"index": index, **of_a_problem, **further})
