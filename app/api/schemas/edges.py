"""Links between memories on the wire, where they are called edges."""

from typing import Annotated, Literal, Self, TypedDict, cast

from pydantic import BaseModel, Field, SkipValidation

from app.api.schemas.answer import Answer
from app.api.schemas.batch import ItemRefused
from app.api.schemas.values import Metadata, RelationshipType, ShownNumber, ShownTime, Weight
from app.domain.links import Link
from app.domain.models import JsonObject
from app.services.connect import LinkDraft


class EdgeCreate(BaseModel):
    """Two memories to join."""

    from_memory_id: Annotated[str, Field(description="The memory that the edge starts from.")]
    to_memory_id: Annotated[str, Field(description="The memory that the edge leads to.")]
    relationship_type: Annotated[
        RelationshipType, Field(description="What joins them, in words of the caller's choice.")
    ]
    weight: Weight = 1.0
    metadata: Annotated[
        Metadata,
        Field(
            default_factory=dict[str, object],
            description="Anything to keep with the edge; at most 16 KiB as compact JSON.",
        ),
    ]

    def draft(self) -> LinkDraft:
        """The same in the words of the services."""
        return LinkDraft(
            from_memory_id=self.from_memory_id,
            to_memory_id=self.to_memory_id,
            relationship_type=self.relationship_type,
            weight=self.weight,
            metadata=cast(JsonObject, self.metadata),
        )


class EdgeBatch(BaseModel):
    """Edges to make, in order."""

    edges: Annotated[
        list[SkipValidation[EdgeCreate]],
        Field(min_length=1, max_length=500, description="1 to 500 items, each as for a single edge."),
    ]


class CarriedFromRead(Answer):
    """Where an edge was copied from when a newer fact replaced its memory."""

    edge_id: Annotated[str, Field(description="The edge it was copied from.")]
    memory_id: Annotated[str, Field(description="The replaced memory that had that edge.")]

    @classmethod
    def of(cls, link: Link) -> Self | None:
        """The origin of a link, if it was copied."""
        origin = link.carried_from
        return None if origin is None else cls(edge_id=origin.edge_id, memory_id=origin.memory_id)


class Edge(Answer):
    """The edge by which a memory was reached."""

    id: Annotated[str, Field(description="The edge's id.")]
    relationship_type: Annotated[str, Field(description="What joins the two, in the caller's words.")]
    weight: Annotated[ShownNumber, Field(description="From 0 to 1.")]
    metadata: Annotated[dict[str, object], Field(description="What was given with it.")]
    carried_from: Annotated[CarriedFromRead | None, Field(description="The edge it was copied from, if any.")]

    @classmethod
    def of(cls, link: Link) -> Self:
        """The view of a link from one of its ends."""
        return cls(**_edge_members(link))


class DatedEdge(Edge):
    """The same with its time."""

    created_at: Annotated[ShownTime, Field(description="When the edge was made.")]

    @classmethod
    def of(cls, link: Link) -> Self:
        """The view of a link from one of its ends."""
        return cls(**_edge_members(link), created_at=link.created_at)


class EdgeRead(Edge):
    """An edge with both its ends."""

    from_memory_id: Annotated[str, Field(description="The memory that the edge starts from.")]
    to_memory_id: Annotated[str, Field(description="The memory that the edge leads to.")]
    created_at: Annotated[ShownTime, Field(description="When the edge was made.")]

    @classmethod
    def of(cls, link: Link) -> Self:
        """The view of a link from outside."""
        return cls(
            **_edge_members(link),
            from_memory_id=link.from_memory_id,
            to_memory_id=link.to_memory_id,
            created_at=link.created_at,
        )


class _EdgeMembers(TypedDict):
    id: str
    relationship_type: str
    weight: float
    metadata: dict[str, object]
    carried_from: CarriedFromRead | None


def _edge_members(link: Link) -> _EdgeMembers:
    return {
        "id": link.id,
        "relationship_type": link.relationship_type,
        "weight": link.weight,
        "metadata": dict(link.metadata),
        "carried_from": CarriedFromRead.of(link),
    }


class EdgeMade(EdgeRead):
    """The item became an edge."""

    index: Annotated[int, Field(description="The item's place in the request, from 0.")]
    status: Annotated[Literal[201], Field(description="The status a single edge would answer.")] = 201

    @classmethod
    def at(cls, index: int, link: Link) -> Self:
        """The outcome of an item."""
        return cls(index=index, **EdgeRead.of(link).model_dump())


class EdgeResults(Answer):
    """The outcome of each item, in the order of the request."""

    results: Annotated[list[EdgeMade | ItemRefused], Field(description="One outcome per item.")]
