"""The value types of teams and of those who belong to them."""

import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, AliasChoices, Field, WithJsonSchema

from app.api.schemas.values import UserId

_SLUG = re.compile("[a-z0-9-]+", re.ASCII)
_LONGEST_SLUG = 100
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_LONGEST_EMAIL = 200


def slug(value: str) -> str:
    """A team's part of an address, as given. Raises: ValueError.

    >>> slug("red-team-2")
    'red-team-2'
    """
    if not _SLUG.fullmatch(value):
        raise ValueError("must hold only a-z, 0-9 and hyphens")
    return value


def email(value: str) -> str:
    """An e-mail address, as given; only a message to it would tell whether it exists. Raises: ValueError.

    >>> email("ann@example.org")
    'ann@example.org'
    """
    if not _EMAIL.fullmatch(value) or not value.isprintable():
        raise ValueError("must be an e-mail address")
    return value


def _not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be blank")
    return value


GivenUserId: TypeAlias = Annotated[UserId, Field(validation_alias=AliasChoices("user_id", "userId"))]
"""A `user_id`, also under the name that some clients use."""
TeamName: TypeAlias = Annotated[
    str, Field(min_length=1, max_length=100, description="A name for people."), AfterValidator(_not_blank)
]
Slug: TypeAlias = Annotated[
    str,
    Field(min_length=1, max_length=_LONGEST_SLUG),
    AfterValidator(slug),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": _LONGEST_SLUG, "pattern": "^[a-z0-9-]+$"}),
    Field(description="The team's short name; unique in the tenant."),
]
Email: TypeAlias = Annotated[
    str,
    Field(max_length=_LONGEST_EMAIL),
    AfterValidator(email),
    WithJsonSchema({"type": "string", "maxLength": _LONGEST_EMAIL, "pattern": r"^[^@\s]+@[^@\s]+$"}),
]
