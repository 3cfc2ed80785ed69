"""A tenant's settings on the wire."""

from typing import Annotated, Self

from pydantic import BaseModel, Field

from app.api.schemas.answer import Answer
from app.domain.admission import OnConflict
from app.domain.tenant_settings import TenantSettings

_ON_CONFLICT = (
    "What becomes of memories that a new fact contradicts, where a request does not say: `replace` makes them"
    " its history, `keep` leaves them, `ask` leaves them and notes the conflict."
)


class SettingsUpdate(BaseModel):
    """What to change; at least one member."""

    on_conflict: Annotated[OnConflict | None, Field(description=_ON_CONFLICT)] = None


class SettingsRead(Answer):
    """What the tenant has decided for all its requests."""

    on_conflict: Annotated[OnConflict, Field(description=_ON_CONFLICT)]

    @classmethod
    def of(cls, settings: TenantSettings) -> Self:
        """The answer for a tenant's settings."""
        return cls(on_conflict=settings.on_conflict)
