"""Questions to recall on the wire."""

from datetime import timedelta
from typing import Annotated, TypeAlias, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema
from pydantic.config import JsonDict

from app.api.schemas.recall_scopes import RecallScope
from app.api.schemas.values import (
    CreatedAt,
    Flag,
    Importance,
    RelationshipType,
    UpTo3,
    UpTo100,
    whole_number,
)
from app.domain import conditions
from app.domain.conditions import Condition
from app.domain.models import FOREVER, JsonValue
from app.domain.recall import Lane
from app.errors import InvalidInput
from app.services.recall import GraphOptions, RecallRequest, ScopeWanted

_MOST_TOKENS = 100_000
_LATEST = FOREVER - timedelta(microseconds=1)
"""What has no end held and was known until here."""


def _unless_blank(query: str) -> str | None:
    return query if query.strip() else None


def _at_least_one(tokens: int) -> int:
    if tokens < 1:
        raise ValueError("must be at least 1")
    return min(_MOST_TOKENS, tokens)


def _options_unless_off(value: object) -> object:
    if value is False:
        return None
    return {} if value is True or value is None else value


def _or_false(schema: JsonDict) -> None:
    cast(list[JsonDict], schema["anyOf"]).append({"type": "boolean"})


_Query: TypeAlias = Annotated[
    Annotated[str, Field(max_length=10_000)] | None,
    Field(
        description="What to look for, in plain words; without it, or blank, the least faded memories come.",
    ),
]
_Moment: TypeAlias = Annotated[CreatedAt, AfterValidator(lambda moment: min(moment, _LATEST))]  # pyright: ignore[reportUnknownLambdaType]  # pydantic hands a datetime
_Limit: TypeAlias = Annotated[UpTo100, Field(description="How many memories at most; clamped into 1 to 100.")]
_MinScore: TypeAlias = Annotated[
    Importance, Field(description="From 0 to 1; memories with a lower score stay out.")
]
_AsOf: TypeAlias = Annotated[
    _Moment | None,
    Field(
        description="Only what held at this time, replaced memories included. RFC 3339 with an offset; one in"
        " the future asks for what will hold then, as far as is known."
    ),
]
_KnownAt: TypeAlias = Annotated[
    _Moment | None,
    Field(
        description="Only what was known at this time, memories that were replaced or deleted since then"
        " included. RFC 3339 with an offset; one in the future counts as now."
    ),
]


_Tokens: TypeAlias = Annotated[
    int,
    BeforeValidator(whole_number),
    AfterValidator(_at_least_one),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^[1-9][0-9]{0,8}$"}]}
    ),
]


class GraphWanted(BaseModel):
    """How far the graph is followed."""

    types: Annotated[
        list[RelationshipType] | None,
        Field(max_length=50, description="Only edges of these types; all if not given, none if empty."),
    ] = None
    depth: Annotated[UpTo3, Field(description="How many edges away; clamped into 1 to 3.")] = 1

    def options(self) -> GraphOptions:
        """The same in the words of the services."""
        return GraphOptions(relationship_types=self.types, depth=self.depth)


_Graph: TypeAlias = Annotated[
    GraphWanted | None,
    BeforeValidator(_options_unless_off),
    Field(
        default_factory=GraphWanted,
        description="How edges, the order of conversations and named things bring further memories; `false`"
        " leaves them out.",
        json_schema_extra=_or_false,
    ),
]


class RecallQuery(RecallScope):
    """A question, and where to look for its answer: one scope by its members, or several in `scopes`."""

    query: _Query = None
    scopes: Annotated[
        list[RecallScope] | None,
        Field(min_length=1, max_length=100, description="Several scopes; instead of the members of one."),
    ] = None
    limit: _Limit = 10
    filter: Annotated[
        dict[str, object] | None,
        Field(description='A condition that memories must meet, such as `{"source": "chat"}`.'),
    ] = None
    as_of: _AsOf = None
    known_at: _KnownAt = None
    history: Annotated[
        Flag, Field(description="`true` adds to each memory those that it took the place of.")
    ] = False
    min_score: _MinScore = 0.0
    decay_weight: Annotated[
        Importance | None,
        Field(description="From 0 to 1; how much fading counts. 0.1 if not given."),
    ] = None
    lanes: Annotated[
        list[Lane] | None,
        Field(min_length=1, max_length=3, description="By which ways to look; all if not given."),
    ] = None
    graph: _Graph
    explain: Annotated[
        Flag, Field(description="`true` adds what brought each memory, and what was left out and why.")
    ] = False
    token_budget: Annotated[
        _Tokens | None,
        Field(
            description="Adds the memories as a block of text for a prompt that has at most so many tokens,"
            " and leaves out what does not fit. At least 1; more than 100000 count as that."
        ),
    ] = None

    def request(self, tenant_id: str) -> RecallRequest:
        """The same in the words of the services. Raises: InvalidInput."""
        return RecallRequest(
            tenant_id=tenant_id,
            query=_unless_blank(self.query or ""),
            scopes=self._scopes(),
            limit=self.limit,
            condition=self._condition(),
            as_of=self.as_of,
            known_at=self.known_at,
            with_history=self.history,
            min_score=self.min_score,
            decay_weight=self.decay_weight,
            lanes=self._lanes(),
            graph=(self.graph or GraphWanted()).options(),
            token_budget=self.token_budget,
            explain=self.explain,
        )

    def _scopes(self) -> list[ScopeWanted]:
        if self.scopes is None:
            return [self.wanted()]
        if not self.is_empty:
            raise _unsound("scopes", "must not be given together with the members of one scope")
        return [one.wanted(within=f"scopes.{place}.") for place, one in enumerate(self.scopes)]

    def _condition(self) -> Condition:
        return conditions.ALWAYS if self.filter is None else conditions.parse(cast(JsonValue, self.filter))

    def _lanes(self) -> frozenset[Lane]:
        lanes = frozenset(self.lanes or Lane)
        if self.graph is not None:
            return lanes
        if lanes == frozenset({Lane.GRAPH}):
            raise _unsound("graph", "must not be false where graph is the only lane")
        return lanes - {Lane.GRAPH}


class WhyNotQuery(RecallScope):
    """Which memory is missed, and in the answer to which question; its own scope, if none is named."""

    memory_id: Annotated[str, Field(description="The id of the memory that is missed.")]
    query: _Query = None
    limit: _Limit = 10
    min_score: _MinScore = 0.0
    as_of: _AsOf = None
    known_at: _KnownAt = None

    def request(self, tenant_id: str) -> RecallRequest:
        """The same in the words of the services. Raises: InvalidInput."""
        return RecallRequest(
            tenant_id=tenant_id,
            query=_unless_blank(self.query or ""),
            scopes=() if self.is_empty else [self.wanted()],
            limit=self.limit,
            as_of=self.as_of,
            known_at=self.known_at,
            min_score=self.min_score,
        )


def _unsound(name: str, reason: str) -> InvalidInput:
    return InvalidInput(f"{name} {reason}", fields={name: reason})
