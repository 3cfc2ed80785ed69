"""The calls of recall. Each function is a method of both clients, docstring included."""

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from loci_client import decode
from loci_client.call import Call, body_of, listed, parameters, wire_time
from loci_client.recall_models import Lane, Recalled, RecallGraph, RecallScope, WhyNot


def recall(
    query: str | None = None,
    *,
    user_id: str | None = None,
    namespace: str | None = None,
    agent_id: str | None = None,
    team_id: str | None = None,
    space: str | None = None,
    scopes: Iterable[RecallScope] | None = None,
    limit: int | None = None,
    filter: Mapping[str, object] | None = None,  # the service's own word
    as_of: datetime | None = None,
    known_at: datetime | None = None,
    history: bool | None = None,
    min_score: float | None = None,
    decay_weight: float | None = None,
    lanes: Iterable[Lane] | None = None,
    graph: RecallGraph | Literal[False] | None = None,
    explain: bool | None = None,
    token_budget: int | None = None,
) -> Call[Recalled]:
    """Find the memories that answer a question, by meaning, words and the graph together, best first.

    Look in one scope, named by `user_id` (with `agent_id` or `team_id`) or by `space`, or in several
    `scopes`. `filter` is a condition such as `{"importance": {"gte": 0.5}}`. `as_of` asks for what held
    then, `known_at` for what was known then; both need a UTC offset. A `token_budget` adds the results as
    text for a prompt. At most 100 results, 10 when not said; without a query the least faded come.
    Raises: LociError.
    """
    scope = RecallScope(user_id=user_id, namespace=namespace, agent_id=agent_id, team_id=team_id, space=space)
    several = None if scopes is None else [_named(one) for one in scopes]
    times = body_of(as_of=wire_time(as_of), known_at=wire_time(known_at), history=history)
    ranking = body_of(limit=limit, min_score=min_score, decay_weight=decay_weight, lanes=listed(lanes))
    shown = body_of(filter=filter, graph=_graph(graph), explain=explain, token_budget=token_budget)
    return _asking(body_of(query=query, scopes=several) | _named(scope) | times | ranking | shown)


def why_not(
    memory_id: str,
    query: str | None = None,
    *,
    user_id: str | None = None,
    namespace: str | None = None,
    agent_id: str | None = None,
    team_id: str | None = None,
    space: str | None = None,
    limit: int | None = None,
    min_score: float | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> Call[WhyNot]:
    """Ask at which stage a memory falls out of the answer to a question, and why.

    Without a scope, its own is asked. Raises: LociError.
    """
    return Call(
        method="GET",
        path="/v1/recall/why-not",
        query=parameters(
            memory_id=memory_id,
            query=query,
            user_id=user_id,
            namespace=namespace,
            agent_id=agent_id,
            team_id=team_id,
            space=space,
            limit=limit,
            min_score=min_score,
            as_of=wire_time(as_of),
            known_at=wire_time(known_at),
        ),
        read=lambda answer: decode.decode(WhyNot, answer),
    )


def _asking(body: dict[str, object]) -> Call[Recalled]:
    return Call(
        method="POST",
        path="/v1/recall",
        body=body,
        only_reads=True,
        read=lambda answer: decode.decode(Recalled, answer),
    )


def _named(scope: RecallScope) -> dict[str, object]:
    return body_of(**dataclasses.asdict(scope))


def _graph(wanted: RecallGraph | Literal[False] | None) -> object:
    if wanted is None or wanted is False:
        return wanted
    return body_of(types=listed(wanted.types), depth=wanted.depth)
