"""Many facts in one request: each item is judged on its own and has its own outcome."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from app.api.schemas.answer import Answer
from app.api.schemas.memories import MemoryCreate, MemoryDuplicate, MemoryStored
from app.api.schemas.outcomes import Explain, Reason, ReplacedId, ReplacedIds, SharedTeamId, WrittenAction
from app.services.remember import Remembered

_INDEX = "The item's place in the request, from 0."


class BatchCreate(BaseModel):
    """Facts to remember, in order; later items see earlier ones."""

    memories: Annotated[
        list[SkipValidation[MemoryCreate]],
        Field(min_length=1, max_length=500, description="1 to 500 items, each as for a single store."),
    ]
    explain: Explain = False


class ItemStored(Answer):
    """The item became a new memory."""

    index: Annotated[int, Field(description=_INDEX)]
    status: Annotated[Literal[201], Field(description="The status a single store would answer.")] = 201
    action: WrittenAction
    id: Annotated[str, Field(description="The new memory's id.")]
    source: Annotated[str, Field(description="The source it was stored with.")]
    namespace: Annotated[str, Field(description="The namespace it was stored in.")]
    team_id: SharedTeamId = None
    replaced_id: ReplacedId = None
    replaced_ids: ReplacedIds
    reason: Reason = None

    @classmethod
    def of(cls, index: int, remembered: Remembered, *, explain: bool) -> Self:
        """The outcome of an item that was written."""
        return cls(index=index, **MemoryStored.of(remembered, explain=explain).model_dump())


class ItemDuplicate(Answer):
    """The item was known already."""

    index: Annotated[int, Field(description=_INDEX)]
    status: Annotated[Literal[200], Field(description="The status a single store would answer.")] = 200
    action: Annotated[Literal["duplicate"], Field(description="What became of the fact.")] = "duplicate"
    id: Annotated[str, Field(description="The id of the memory that holds the fact.")]
    reason: Reason = None

    @classmethod
    def of(cls, index: int, remembered: Remembered, *, explain: bool) -> Self:
        """The outcome of an item that was known."""
        return cls(index=index, **MemoryDuplicate.of(remembered, explain=explain).model_dump())


class ItemRefused(Answer):
    """The item was not stored; the members of a single store's problem follow the first four."""

    model_config = ConfigDict(extra="allow")

    index: Annotated[int, Field(description=_INDEX)]
    status: Annotated[int, Field(description="The status a single store would answer.")]
    code: Annotated[str, Field(description="The kind of problem, stable.")]
    error: Annotated[str, Field(description="What is wrong, in one sentence.")]


class BatchResults(Answer):
    """The outcome of each item, in the order of the request."""

    results: Annotated[
        list[ItemStored | ItemDuplicate | ItemRefused], Field(description="One outcome per item.")
    ]
