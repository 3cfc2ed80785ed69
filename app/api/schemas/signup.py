"""Signing up on the wire."""

from typing import Annotated, Self

from pydantic import BaseModel, Field

from app.api.schemas.answer import Answer
from app.api.schemas.people import Email
from app.services.access import NewKey


class SignupCreate(BaseModel):
    """Who signs up."""

    email: Annotated[Email, Field(description="The e-mail address, which names the new tenant.")]


class SignupRead(Answer):
    """The key of a new tenant."""

    api_key: Annotated[str, Field(description="The key; shown this once.")]
    message: Annotated[str, Field(description="What to do with the key.")] = (
        "Keep this key now: it is not stored and cannot be shown again."
    )

    @classmethod
    def of(cls, key: NewKey) -> Self:
        """The answer to a new tenant."""
        return cls(api_key=key.api_key)
