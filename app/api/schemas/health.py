"""Probes on the wire."""

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import Field

from app.api.schemas.answer import Answer
from app.ports import ReadinessCheck


class HealthRead(Answer):
    """The service and its database answer."""

    status: Annotated[Literal["ok"], Field(description="The service runs.")] = "ok"
    db: Annotated[Literal["ok"], Field(description="The database answers.")] = "ok"


class LiveRead(Answer):
    """The process answers; the database was not asked."""

    status: Annotated[Literal["ok"], Field(description="The process runs.")] = "ok"


class CheckRead(Answer):
    """One thing that must hold before requests can be served."""

    name: Annotated[str, Field(description="What was checked.")]
    ok: Annotated[bool, Field(description="Whether it holds.")]
    detail: Annotated[str, Field(description="What was found, and what to do where it does not hold.")]

    @classmethod
    def of(cls, check: ReadinessCheck) -> Self:
        """The view of one check."""
        return cls(name=check.name, ok=check.ok, detail=check.detail)


class ReadyRead(Answer):
    """Everything that must hold before requests can be served holds."""

    status: Annotated[Literal["ready"], Field(description="Requests can be served.")] = "ready"
    checks: Annotated[list[CheckRead], Field(description="What was checked.")]

    @classmethod
    def of(cls, checks: Iterable[ReadinessCheck]) -> Self:
        """The answer when every check holds."""
        return cls(checks=[CheckRead.of(check) for check in checks])
