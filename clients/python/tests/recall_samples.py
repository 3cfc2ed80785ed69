"""One good answer of each kind of recall, and the calls that get them."""

from collections.abc import Mapping

from samples import Act

NOON = "2026-05-01T12:00:00.000Z"
RECALLED: Mapping[str, object] = {"results": [], "degraded": []}
ROW: Mapping[str, object] = {
    "id": "b2",
    "fact": "Drinks tea",
    "title": None,
    "speaker": "Ann",
    "conversation_id": "c1",
    "user_id": "ann",
    "agent_id": None,
    "team_id": None,
    "space_id": None,
    "namespace": "default",
    "source": "api",
    "importance": 0.5,
    "created_at": NOON,
    "valid_to": None,
    "status": "active",
    "metadata": {},
    "similarity": 0.6312,
    "decay_score": 0.9057,
    "score": 0.7136,
}
EXPLANATION: Mapping[str, object] = {
    "vector": {"rank": 1, "score": 1},
    "words": None,
    "graph": {
        "rank": 2,
        "score": 0.25,
        "route": {"kind": "link", "via": "requires", "from_memory_id": "c3", "strength": 0.5},
    },
    "speaker_named": True,
    "put_above": None,
    "reranked": None,
}
WHY_NOT: Mapping[str, object] = {
    "id": "b2",
    "comes_back": False,
    "stage": "limit",
    "reason": "It has rank 12, and the limit is 10",
    "rank": 12,
    "score": 0.4,
    "explanation": EXPLANATION,
}

READS: list[tuple[Act, str, object]] = [
    (lambda c: c.why_not("b2"), "/v1/recall/why-not?memory_id=b2", WHY_NOT),
    (
        lambda c: c.why_not("b2", "tea & cake", user_id="ann", namespace="work", limit=5, min_score=0.5),
        "/v1/recall/why-not?memory_id=b2&query=tea+%26+cake&user_id=ann&namespace=work&limit=5&min_score=0.5",
        WHY_NOT,
    ),
    (lambda c: c.why_not("b2", space="notes"), "/v1/recall/why-not?memory_id=b2&space=notes", WHY_NOT),
]
SEARCHES: list[tuple[Act, str, object]] = [(lambda c: c.recall("tea", user_id="ann"), "POST", RECALLED)]
