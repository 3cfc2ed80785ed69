"""Which scopes a question ranges over: every one that is named must be visible to who is named with it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import scope as scopes_of
from app.errors import InvalidInput, NotFound
from app.ports import SpaceStore
from app.services.recall.requests import ScopeWanted
from app.services.scoping import Readership, Scoping


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedScopes:
    """Turns what a caller names into the ids of scopes."""

    scoping: Scoping
    spaces: SpaceStore

    async def ids(self, tenant_id: str, wanted: Sequence[ScopeWanted]) -> Sequence[str]:
        """The ids of all scopes, each once.

        Raises: InvalidInput when none is named or one names nobody, NotFound, Forbidden, Unavailable.
        """
        if not wanted:
            raise InvalidInput("Name at least one scope", fields={"scopes": "must name at least one"})
        asked = [self._readable(tenant_id, one) for one in wanted]
        # All are waited for, so that which refusal is told does not hang on chance.
        answers = await asyncio.gather(*asked, return_exceptions=True)
        ids: dict[str, None] = {}
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
            ids.update(dict.fromkeys(answer))
        return list(ids)

    async def _readable(self, tenant_id: str, wanted: ScopeWanted) -> Sequence[str]:
        if wanted.space is not None:
            return [await self._of_space(tenant_id, wanted.space)]
        if wanted.user_id is None:
            reason = "is required without space"
            raise InvalidInput(f"user_id {reason}", fields={"user_id": reason})
        return await self.scoping.readable(
            Readership(
                tenant_id=tenant_id,
                user_id=wanted.user_id,
                namespace=wanted.namespace,
                team_id=wanted.team_id,
                agent_id=wanted.agent_id,
            )
        )

    async def _of_space(self, tenant_id: str, id_or_name: str) -> str:
        space = await self.spaces.get(tenant_id=tenant_id, space_id=id_or_name)
        space = space or await self.spaces.named(tenant_id=tenant_id, name=id_or_name)
        if space is None:
            raise NotFound("Space not found")
        return scopes_of.space_scope(tenant_id=tenant_id, space_id=space.id).id
