"""Spaces and their memories on the wire, as the PersistMemory tutorial's client speaks."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Self, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema

from app.api.schemas.answer import Answer
from app.api.schemas.values import (
    Metadata,
    Offset,
    Query,
    ShownNumber,
    ShownTime,
    UpTo100,
    UpTo1000,
    json_object,
)
from app.domain.models import JsonObject, Memory
from app.domain.spaces import Space, SpaceSize
from app.errors import PayloadTooLarge
from app.services.spaces import ScoredMemory, SpaceDraft, SpaceMemory, SpaceQuery

_LONGEST_TEXT_BYTES = 131_072
_TITLE_CHARACTERS = 60

SpaceName = Annotated[
    str, Field(min_length=1, max_length=200, description="The space's name, compared exactly.")
]


def _sized(text: str) -> str:
    if len(text.encode()) > _LONGEST_TEXT_BYTES:
        raise PayloadTooLarge(f"The text is larger than the {_LONGEST_TEXT_BYTES} bytes that one may have")
    return text


def _title_of(text: str) -> str:
    return text if len(text) <= _TITLE_CHARACTERS else text[:_TITLE_CHARACTERS] + "..."


def _wanted_metadata(value: object) -> object:
    if value is None:
        raise ValueError("must be an object")
    return json_object(value)


class SpaceMemoryCreate(BaseModel):
    """A text to remember in a space, which comes into being with its first memory."""

    space: SpaceName = "default"
    text: Annotated[
        Query,
        Field(description="The text; kept and returned verbatim. At most 131072 bytes as UTF-8."),
        AfterValidator(_sized),
    ]
    title: Annotated[
        str,
        Field(
            max_length=200,
            description="A name for people; the first 60 characters of the text when empty or blank.",
        ),
    ] = ""
    metadata: Annotated[Metadata, Field(default_factory=dict[str, object])]

    def draft(self) -> SpaceDraft:
        """The same in the words of the services."""
        return SpaceDraft(
            space=self.space,
            text=self.text,
            title=self.title if self.title.strip() else _title_of(self.text),
            metadata=cast(JsonObject, self.metadata),
        )


class SpaceSearch(BaseModel):
    """What to look for, and in which space."""

    space: SpaceName = "default"
    q: Query
    top_k: Annotated[UpTo100, Field(description="How many memories at most; clamped into 1 to 100.")] = 5
    filter: Annotated[
        dict[str, object],
        BeforeValidator(_wanted_metadata),
        Field(
            default_factory=dict[str, object],
            description="Only memories whose metadata has each of these members with an equal value."
            " At most 16 KiB as compact JSON.",
        ),
        WithJsonSchema({"type": "object"}),
    ]

    def query(self) -> SpaceQuery:
        """The same in the words of the services."""
        return SpaceQuery(
            space=self.space, query=self.q, limit=self.top_k, metadata=cast(JsonObject, self.filter)
        )


class NewestQuery(BaseModel):
    """Which space's newest memories, and how many."""

    space: SpaceName = "default"
    limit: Annotated[UpTo100, Field(description="How many at most; clamped into 1 to 100.")] = 20


class SpaceListQuery(BaseModel):
    """Which page of the spaces."""

    limit: Annotated[UpTo1000, Field(description="How many at most; clamped into 1 to 1000.")] = 100
    offset: Annotated[Offset, Field(description="How many to leave out; below 0 counts as 0.")] = 0


class SpaceMemoryRead(Answer):
    """A memory of a space."""

    id: Annotated[str, Field(description="The memory's id.")]
    space: Annotated[str, Field(description="The name of the space it lies in.")]
    space_id: Annotated[str, Field(description="The id of that space.")]
    title: Annotated[str, Field(description="A name for people.")]
    text: Annotated[str, Field(description="The text, whole and verbatim.")]
    content: Annotated[str, Field(description="Equal to `text`.")]
    metadata: Annotated[dict[str, object], Field(description="What was given with it.")]
    created_at: Annotated[ShownTime, Field(description="When it was stored first.")]
    updated_at: Annotated[ShownTime, Field(description="When it was stored last.")]

    @classmethod
    def of(cls, memory: Memory, space: Space) -> Self:
        """The view of a memory in its space."""
        return cls(
            id=memory.id,
            space=space.name,
            space_id=space.id,
            title=memory.title,
            text=memory.text,
            content=memory.text,
            metadata=dict(memory.metadata),
            created_at=memory.valid_from,
            updated_at=memory.refreshed_at,
        )


class SpaceMemoryFound(SpaceMemoryRead):
    """A memory that a search found."""

    score: Annotated[ShownNumber, Field(description="From 0 to 1: above 0.8 strong, above 0.6 related.")]

    @classmethod
    def scored(cls, found: ScoredMemory) -> Self:
        """The view of a memory that was found."""
        return cls(**dict(SpaceMemoryRead.of(found.memory, found.space)), score=found.score)


class SpaceMemoriesFound(Answer):
    """What was found, best first."""

    memories: Annotated[list[SpaceMemoryFound], Field(description="At most `top_k` memories, by score.")]

    @classmethod
    def of(cls, found: Iterable[ScoredMemory]) -> Self:
        """The answer to a search."""
        return cls(memories=[SpaceMemoryFound.scored(one) for one in found])


class SpaceMemoryList(Answer):
    """The newest memories of a space."""

    memories: Annotated[list[SpaceMemoryRead], Field(description="Newest first.")]

    @classmethod
    def of(cls, found: Iterable[SpaceMemory]) -> Self:
        """The answer to a listing."""
        return cls(memories=[SpaceMemoryRead.of(one.memory, one.space) for one in found])


class SpaceRead(Answer):
    """A space."""

    id: Annotated[str, Field(description="The space's id.")]
    name: Annotated[str, Field(description="Its name.")]
    memory_count: Annotated[int, Field(description="How many memories it holds.")]
    created_at: Annotated[ShownTime, Field(description="When the first memory was stored in it.")]


class SpaceList(Answer):
    """One page of spaces, by name."""

    spaces: Annotated[list[SpaceRead], Field(description="The page, in code-point order of the names.")]
    limit: Annotated[int, Field(description="The limit after clamping.")]
    offset: Annotated[int, Field(description="The offset after clamping.")]
    total: Annotated[int, Field(description="How many spaces there are on all pages together.")]

    @classmethod
    def of(cls, sizes: Sequence[SpaceSize], total: int, *, query: SpaceListQuery) -> Self:
        """The answer to a listing of spaces."""
        spaces = [
            SpaceRead(
                id=one.space.id,
                name=one.space.name,
                memory_count=one.memories,
                created_at=one.space.created_at,
            )
            for one in sizes
        ]
        return cls(spaces=spaces, limit=query.limit, offset=query.offset, total=total)
