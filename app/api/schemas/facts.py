"""Facts as they are handed in, whoever is to remember them."""

from typing import Annotated, TypeAlias, cast

from pydantic import AliasChoices, BaseModel, Field

from app.api.schemas.outcomes import Explain, OnConflictWanted
from app.api.schemas.values import CreatedAt, Fact, Importance, Metadata, Name, Namespace, UserId
from app.domain.models import JsonObject
from app.services.remember import Draft

_ConversationId: TypeAlias = Annotated[
    Name | None,
    Field(
        description="The conversation in which the fact was said, in any words of the caller's choice. It is"
        " kept as what was said there, after the turns before it, and never replaces anything.",
    ),
]
_Speaker: TypeAlias = Annotated[Name | None, Field(description="Who said it.")]
_Title: TypeAlias = Annotated[Name | None, Field(description="The name of what the fact is about.")]
_Entities: TypeAlias = Annotated[
    list[Name],
    Field(
        default_factory=list,
        max_length=50,
        description="Names of people and things in the fact, by which others about them are found.",
    ),
]


class FactCreate(BaseModel):
    """A fact to remember, and what is known of it."""

    user_id: Annotated[UserId, Field(validation_alias=AliasChoices("user_id", "userId"))]
    fact: Annotated[Fact, Field(validation_alias=AliasChoices("fact", "content"))]
    importance: Importance = 0.5
    namespace: Namespace = "default"
    created_at: Annotated[
        CreatedAt | None,
        Field(
            description="When the fact began to hold; now if not given. RFC 3339 with an offset, from 1970"
            " up to 5 minutes ahead."
        ),
    ] = None
    conversation_id: _ConversationId = None
    speaker: _Speaker = None
    title: _Title = None
    entities: _Entities
    metadata: Annotated[Metadata, Field(default_factory=dict[str, object])]
    on_conflict: OnConflictWanted = None
    explain: Explain = False

    def stated(self, *, source: str) -> Draft:
        """The same in the words of the services, as a private fact from that source."""
        return Draft(
            user_id=self.user_id,
            text=self.fact,
            namespace=self.namespace,
            importance=self.importance,
            source=source,
            created_at=self.created_at,
            conversation_id=self.conversation_id,
            speaker=self.speaker or "",
            title=self.title or "",
            entities=self.entities,
            on_conflict=self.on_conflict,
            metadata=cast(JsonObject, self.metadata),
        )
