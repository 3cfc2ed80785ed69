"""A team behind the HTTP edge, for tests of the routes about its members and invitations."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from tests.unit.api.edge import Edge, opened

ROLES = "must be admin, member or read_only"


@asynccontextmanager
async def with_team(edge: Edge | None = None) -> AsyncGenerator[tuple[httpx2.AsyncClient, str]]:
    """A client, and the address of a team with the admin "sri"."""
    async with opened(edge) as client:
        sent = {"name": "Red", "slug": "red", "user_id": "sri"}
        team = (await client.post("/v1/teams", json=sent)).json()
        yield client, f"/v1/teams/{team['id']}"


async def roles_in(client: httpx2.AsyncClient, team: str) -> dict[str, str]:
    members: list[dict[str, Any]] = (await client.get(team)).json()["members"]
    return {one["user_id"]: one["role"] for one in members}
