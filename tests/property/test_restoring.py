"""What holds of a chain of memories whatever is stored, deleted and restored in whatever order."""

import asyncio
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from app.domain.admission import Supersession
from app.domain.history import HistoryEntry
from app.domain.judge.decision import Evidence
from app.domain.models import Memory, MemoryStatus
from app.errors import Conflict
from app.ports import MemoryTransaction
from tests import remembered
from tests.fake_history import InMemoryHistory
from tests.fakes import InMemoryMemories
from tests.remembered import NOW, memory

SCOPE = remembered.scope_of("tenant")
_STEPS = some.lists(
    some.tuples(some.sampled_from(["replace", "delete", "restore"]), some.integers(0, 20)), max_size=12
)


class Chain:
    """One fact and all that ever took its place."""

    def __init__(self) -> None:
        self.memories = InMemoryMemories()
        self.history = InMemoryHistory(self.memories)
        self.made: list[Memory] = []

    async def add(self) -> Memory:
        number = len(self.made)
        one = memory(SCOPE, f"fact {number}", at=NOW + timedelta(days=number))
        await remembered.store(self.memories, SCOPE, one)
        self.made.append(one)
        return one

    async def entries(self) -> list[HistoryEntry]:
        return list(await self.history.chain(tenant_id=SCOPE.tenant_id, memory_id=self.made[0].id))

    async def active(self) -> Memory | None:
        entries = await self.entries()
        return next((one.memory for one in entries if one.memory.status is MemoryStatus.ACTIVE), None)

    async def do(self, step: str, number: int) -> None:
        active = await self.active()
        if step == "restore":
            await self.restore(self.made[number % len(self.made)])
        elif active is not None and step == "delete":
            await self.memories.delete(tenant_id=SCOPE.tenant_id, memory_id=active.id, at=NOW)
        elif active is not None:
            await self.replace(active)

    async def replace(self, active: Memory) -> None:
        newer = await self.add()
        supersession = Supersession(
            old_id=active.id, new_id=newer.id, reason="", evidence=Evidence(), at=NOW, valid_to=NOW
        )

        async def write(transaction: MemoryTransaction) -> None:
            await transaction.supersede([supersession], tenant_id=SCOPE.tenant_id)

        await self.memories.write(write)

    async def restore(self, one: Memory) -> None:
        try:
            await self.history.restore(tenant_id=SCOPE.tenant_id, memory_id=one.id, at=NOW, memory_limit=None)
        except Conflict:
            active = await self.active()
            assert active is not None
            assert active.id == one.id


@given(_STEPS)
def test_nothing_is_lost_nothing_goes_in_circles_and_one_at_most_is_active(
    steps: list[tuple[str, int]],
) -> None:
    async def live() -> None:
        chain = Chain()
        await chain.add()
        for step, number in steps:
            await chain.do(step, number)
            entries = await chain.entries()
            assert {one.memory.id for one in entries} == {one.id for one in chain.made}
            latest = [one for one in entries if one.superseded_by is None]
            assert len(latest) == 1
            statuses = {one.memory.status for one in entries if one is not latest[0]}
            expected = (
                MemoryStatus.SUPERSEDED
                if latest[0].memory.status is MemoryStatus.ACTIVE
                else MemoryStatus.DELETED
            )
            assert statuses <= {expected}

    asyncio.run(live())
