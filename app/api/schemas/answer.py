"""What all answers have in common."""

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """A model that is only ever sent: every member is always there, and documented as such."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)
