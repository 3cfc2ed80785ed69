"""Answers built once: a model becomes JSON directly, without the framework validating it again."""

from fastapi import Response
from pydantic import BaseModel


def json(model: BaseModel, *, status: int = 200) -> Response:
    """The model as the body of an answer."""
    body = model.__pydantic_serializer__.to_json(model)
    return Response(body, status_code=status, media_type="application/json")


def nothing() -> Response:
    """Done, and nothing to say."""
    return Response(status_code=204)
