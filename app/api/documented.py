"""Problems in the OpenAPI document: which statuses a route can answer beside its own."""

from typing import Any, TypeAlias

from app.api import problems

Answers: TypeAlias = dict[int | str, dict[str, Any]]
"""The framework's own type for further answers of a route."""

_REFERENCE = {"$ref": "#/components/schemas/Problem"}
_PHRASES = {kind.status: kind.title for kind in problems.TABLE.values()} | {500: "Internal Server Error"}


def problem_answers(*statuses: int) -> Answers:
    """The `responses` of a route or router for these statuses."""
    return {status: _answer(_PHRASES[status]) for status in statuses}


def _answer(description: str) -> dict[str, object]:
    return {"description": description, "content": {problems.MEDIA_TYPE: {"schema": _REFERENCE}}}


OPEN = problem_answers(400, 413, 500, 503) | {"default": _answer("Any other problem")}
"""What every route can answer; naming a default keeps the framework's own form of refusal out."""
KEYED = problem_answers(401) | OPEN
"""The same for routes that need a key."""
KEYED_SECOND_DIALECT = {status: one for status, one in KEYED.items() if status != 400} | problem_answers(422)
"""The same for routes of the dialect that answers 422 where `/v1` answers 400."""
