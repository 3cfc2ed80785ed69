"""Requests made from the OpenAPI document, so that a new route cannot escape the tests that use them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

JsonObject = Mapping[str, Any]

IDS = frozenset(
    """
    memory_id from_memory_id to_memory_id ids edge_id edges agent_id team_id member_id space token key_id
    conflict_id
    """.split()
)
"""Parameters and fields that name something by its id."""

SAMPLES: JsonObject = {
    "user_id": "ann", "fact": "Likes tea", "q": "tea", "name": "Red", "slug": "red", "owner_id": "ann",
    "text": "Likes tea", "email": "ann@example.org", "invited_by": "ann", "role": "member",
    "added_by": "ann", "changed_by": "ann", "removed_by": "ann", "relationship_type": "with",
    "include_team": "true", "visibility": "team", "memories": [{"user_id": "ann", "fact": "Likes tea"}],
    "arguments": {"user_id": "ann", "fact": "Likes tea"}, "on_conflict": "replace", "keep": "both",
}  # fmt: skip
"""A value for each required field, and for the optional ones that make an id count."""
_FORCED = frozenset({"include_team", "keep"})
_RECALL = "/v1/recall"
_ALTERNATIVES = frozenset({"agent_id", "team_id", "space"})
"""A question to recall names one of these at most: the first two with a user, a space without."""


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path, with what it takes by place: path, query, body."""

    method: str
    path: str
    takes: Mapping[str, frozenset[str]]
    required: frozenset[str]
    statuses: frozenset[int]
    keyed: bool

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def ids(self) -> frozenset[str]:
        """The names of the ids that it takes."""
        return frozenset(name for names in self.takes.values() for name in names if name in IDS)

    @property
    def names_scopes(self) -> bool:
        """Whether it is a question over scopes that the caller names."""
        return self.path.startswith(_RECALL)

    def beside(self, name: str | None = None) -> frozenset[str]:
        """The names of the ids that go together with that one."""
        return self.ids - {name} - (_ALTERNATIVES if self.names_scopes else frozenset())

    def request(self, given: Mapping[str, Any]) -> "Made":
        """A sound request with these values, and samples for what else is needed."""
        path = re.sub(r"{(\w+)(?::\w+)?}", lambda one: str(self._value(one[1], given)), self.path)
        query = {name: self._value(name, given) for name in self._sent("query", given)}
        body = {name: self._value(name, given) for name in self._sent("body", given)}
        return Made(method=self.method, path=path, query=query, body=body)

    def _sent(self, place: str, given: Mapping[str, Any]) -> list[str]:
        # A change names at least one field, and which one does not matter.
        changed = SAMPLES.keys() if self.method == "PATCH" else frozenset[str]()
        asks = {"user_id"} if self.names_scopes and "space" not in given else frozenset[str]()
        return sorted(self.takes[place] & (self.required | given.keys() | _FORCED | changed | asks))

    def _value(self, name: str, given: Mapping[str, Any]) -> object:
        if name in given:
            return given[name]
        assert name in SAMPLES, f"{self.name} needs {name}: give tests/integration/api/described.py a sample"
        return SAMPLES[name]


@dataclass(frozen=True, kw_only=True)
class Made:
    """A request that can be sent."""

    method: str
    path: str
    query: JsonObject = field(default_factory=dict[str, Any])
    body: JsonObject = field(default_factory=dict[str, Any])


def operations(document: JsonObject) -> Iterator[Operation]:
    """Every operation of the document."""
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            yield _operation(document, path, method.upper(), described)


def _operation(document: JsonObject, path: str, method: str, described: JsonObject) -> Operation:
    parameters = described.get("parameters", [])
    body = _body(document, described)
    return Operation(
        method=method,
        path=path,
        takes={
            "path": frozenset(re.findall(r"{(\w+)", path)),
            "query": frozenset(one["name"] for one in parameters if one["in"] == "query"),
            "body": frozenset(body.get("properties", {})),
        },
        required=frozenset(one["name"] for one in parameters if one.get("required"))
        | frozenset(body.get("required", [])),
        statuses=frozenset(int(status) for status in described["responses"] if status.isdecimal()),
        keyed="security" in described,
    )


def _body(document: JsonObject, described: JsonObject) -> JsonObject:
    content = described.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    reference = schema.get("$ref", "")
    return document["components"]["schemas"][reference.rsplit("/", 1)[-1]] if reference else schema
