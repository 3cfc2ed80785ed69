"""The invented example of the pictures: what assistants remember of a baker and her team."""

from collections.abc import Mapping
from typing import Any

import httpx2

USER_ID = "maya"
TEAM_SLUG = "harbour-bakers"

_FACTS = {
    "bakery": ("Runs a small bakery in the harbour district", 1.0),
    "second bakery": ("Plans to open a second bakery in spring", 0.9),
    "loan": ("Waits for the bank's answer about a loan", 0.8),
    "old oven": ("The old oven heats unevenly on the left side", 0.5),
    "deck oven": ("Has ordered a deck oven for the second bakery", 0.7),
    "flour": ("Buys flour from the mill in the next valley", 0.6),
    "mill prices": ("The mill raises its prices in November", 0.5),
    "sourdough": ("Is proud of the barley sourdough", 0.6),
    "apprentice": ("Trains an apprentice who starts at four", 0.6),
    "hazelnuts": ("Cannot eat hazelnuts", 1.0),
}

_LINKS = (
    ("second bakery", "loan", "depends on", 0.9),
    ("deck oven", "second bakery", "meant for", 0.8),
    ("old oven", "deck oven", "reason for", 0.7),
    ("second bakery", "bakery", "grows out of", 0.9),
    ("flour", "sourdough", "used in", 0.8),
    ("mill prices", "flour", "raises cost of", 0.9),
    ("sourdough", "bakery", "known for", 0.6),
    ("apprentice", "old oven", "works at", 0.5),
)

_SHARED = {
    "maya": ("The big oven is cleaned on Mondays", "Rye bread is baked on Thursdays"),
    "theo": ("The van is in for repair until Tuesday", "The market stall opens at seven"),
}

_TOLD_THE_AGENT = {
    "maya": ("Wants orders confirmed by phone", "Takes cake orders three days ahead"),
    "theo": ("Collects the orders for the market",),
}


def store(client: httpx2.Client) -> Mapping[str, str]:
    """Store the example through the API; the ids of the linked memories by name. Raises: HTTPStatusError."""
    ids: dict[str, str] = {}
    for name, (fact, importance) in _FACTS.items():
        ids[name] = _post(client, "/v1/memories", user_id=USER_ID, fact=fact, importance=importance)["id"]
    for start, end, words, weight in _LINKS:
        ends = {"from_memory_id": ids[start], "to_memory_id": ids[end]}
        _post(client, "/v1/graph/connect", **ends, relationship_type=words, weight=weight)
    _store_shared(client)
    return ids


def _store_shared(client: httpx2.Client) -> None:
    members = [{"user_id": "theo", "role": "member"}]
    named = {"name": "Harbour bakers", "slug": TEAM_SLUG}
    team_id = _post(client, "/v1/teams", **named, user_id=USER_ID, members=members)["id"]
    for user_id, facts in _SHARED.items():
        for fact in facts:
            _post(client, "/v1/memories", user_id=user_id, fact=fact, team_id=team_id)
    invitation = {"email": "ines@example.org", "invited_by": USER_ID, "role": "read_only"}
    _post(client, f"/v1/teams/{team_id}/invitations", **invitation)
    agent_id = _post(client, "/v1/agents", name="Order desk", owner_id=USER_ID)["id"]
    for user_id, facts in _TOLD_THE_AGENT.items():
        for fact in facts:
            _post(client, f"/v1/agents/{agent_id}/memories", user_id=user_id, fact=fact)


def _post(client: httpx2.Client, path: str, **sent: object) -> dict[str, Any]:
    answer: dict[str, Any] = client.post(path, json=sent).raise_for_status().json()
    return answer
