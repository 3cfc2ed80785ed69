"""One good answer of each kind about decisions, and the calls that get them."""

from collections.abc import Mapping

from samples import MEMORY, Act

NOON = "2026-05-01T12:00:00.000Z"
FACT: Mapping[str, object] = {
    "id": "b2",
    "fact": "Lives in Rome",
    "status": "active",
    "user_id": "ann",
    "agent_id": None,
    "team_id": None,
    "visibility": "private",
    "namespace": "default",
    "source": "api",
    "importance": 0.5,
    "metadata": {},
    "created_at": NOON,
}
JUDGEMENT: Mapping[str, object] = {
    "action": "stored",
    "id": None,
    "replaced_id": None,
    "replaced_ids": [],
    "replaced_by": None,
    "reason": "nothing says the same",
    "candidates": [],
}
CONFLICT: Mapping[str, object] = {
    "id": "k1",
    "status": "open",
    "reason": "both say where",
    "at": NOON,
    "old": FACT,
    "new": {**FACT, "id": "c3", "fact": "Lives by the sea"},
    "resolution": None,
}
RESOLVED: Mapping[str, object] = {
    "conflict": {
        **CONFLICT,
        "status": "resolved",
        "resolution": {"outcome": "one", "memory_id": "b2", "at": NOON},
    },
    "memory": FACT,
}
CONFLICTS: Mapping[str, object] = {"conflicts": [CONFLICT], "limit": 20, "offset": 0, "total": 1}
SETTINGS: Mapping[str, object] = {"on_conflict": "ask"}

READS: list[tuple[Act, str, object]] = [
    (lambda c: c.history("b2"), "/v1/memories/b2/history", {"history": []}),
    (lambda c: c.list_conflicts(), "/v1/conflicts", CONFLICTS),
    (
        lambda c: c.list_conflicts(user_id="ann", namespace="work", status="resolved", limit=5, offset=10),
        "/v1/conflicts?user_id=ann&namespace=work&status=resolved&limit=5&offset=10",
        CONFLICTS,
    ),
    (lambda c: c.settings(), "/v1/settings", SETTINGS),
]
WRITES: list[tuple[Act, str, object]] = [
    (lambda c: c.restore("b2"), "POST", MEMORY),
    (lambda c: c.resolve_conflict("k1", keep="both"), "POST", RESOLVED),
    (lambda c: c.change_settings(on_conflict="ask"), "PATCH", SETTINGS),
]
SEARCHES: list[tuple[Act, str, object]] = [(lambda c: c.judge("ann", "Drinks tea"), "POST", JUDGEMENT)]
