"""The statements of one write transaction, each over many memories at once."""

from collections.abc import Mapping, Sequence

from app.domain.admission import Candidate, Supersession, Suspicion
from app.domain.conversations import Sequel, Tails
from app.domain.models import Memory, Neighbour, Scope
from app.domain.passages import Passage
from app.graph import conversations, entities, locks, rows
from app.graph import scopes as scope_records
from app.graph.driver import Transaction

_COMPARISON_BEAM = 200
"""How many hits the index looks for before the nearest are kept.

What a fact is compared with lies very near to it, where the index errs least: 200 finds all of it at
0.7-1.9 ms each, beside 20,000 memories in the scope; with less, it begins to miss.
"""


class MemoryTransaction:
    """`app.ports.MemoryTransaction` on Neo4j."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def lock(self, *, tenant_id: str, lock_ids: Sequence[str]) -> None:
        """Lock the scopes."""
        await locks.take_scopes(self._transaction, tenant_id=tenant_id, lock_ids=lock_ids)

    async def lock_tenant(self, *, tenant_id: str) -> None:
        """Lock the tenant's count of memories."""
        await locks.take_tenant(self._transaction, tenant_id=tenant_id)

    async def compare(
        self, candidates: Sequence[Candidate], *, tenant_id: str, limit: int
    ) -> Mapping[str, Sequence[Neighbour]]:
        """The stored memories to compare with, by the candidate's id; nearest first, then by id."""
        facts = [one for one in candidates if one.memory.conversation_id is None]
        turns = [one.memory for one in candidates if one.memory.conversation_id is not None]
        known = await self._compare_facts(facts, tenant_id=tenant_id, limit=limit)
        return {**known, **await conversations.said(self._transaction, turns, tenant_id=tenant_id)}

    async def _compare_facts(
        self, candidates: Sequence[Candidate], *, tenant_id: str, limit: int
    ) -> Mapping[str, Sequence[Neighbour]]:
        if not candidates:
            return {}
        (answer,) = await self._transaction.run(
            "memories/compare",
            tenant_id=tenant_id,
            candidates=[rows.comparison_parameter(one) for one in candidates],
            beam=max(_COMPARISON_BEAM, 2 * limit),
            limit=limit,
            word_limit=max(1, limit // 2),
        )
        known: dict[str, dict[str, Neighbour]] = {one.memory.id: {} for one in candidates}
        for row in answer["found"]:
            one = rows.neighbour(row)
            # Rows come best first, so the first of a memory found twice is the one to keep.
            known[row["candidate_id"]].setdefault(one.memory.id, one)
        return {candidate_id: list(by_id.values()) for candidate_id, by_id in known.items()}

    async def tails(self, memories: Sequence[Memory], *, tenant_id: str) -> Tails:
        """How the conversations end that turns among these memories go on with."""
        return await conversations.tails(self._transaction, memories, tenant_id=tenant_id)

    async def count_active(self, *, tenant_id: str) -> int:
        """How many active memories the tenant has."""
        return await count_active(self._transaction, tenant_id=tenant_id)

    async def create(
        self, candidates: Sequence[Candidate], *, tenant_id: str, scopes: Sequence[Scope]
    ) -> None:
        """Write new memories with their passages, and missing scopes.

        Raises: ValueError for a vector of another length than the database's, or a scope that is not there.
        """
        if not candidates:
            return
        await scope_records.create(self._transaction, scopes, tenant_id=tenant_id)
        (answer,) = await self._transaction.run(
            "memories/create",
            tenant_id=tenant_id,
            memories=[rows.creation_parameter(one) for one in candidates],
        )
        if answer["written"] != len(candidates):
            raise ValueError(
                f"{len(candidates) - answer['written']} of {len(candidates)} memories have no scope of this "
                "tenant, or a vector of another length than the database's embedding model makes"
            )
        passages = [row for one in candidates for row in rows.passage_parameters(one)]
        if passages:
            await self._transaction.run("memories/create_passages", tenant_id=tenant_id, passages=passages)

    async def name_entities(self, candidates: Sequence[Candidate], *, tenant_id: str) -> None:
        """Write the entities that these memories name, and link mentions both ways."""
        await entities.name(self._transaction, candidates, tenant_id=tenant_id)

    async def continue_conversations(
        self, sequels: Sequence[Sequel], *, windows: Mapping[str, Passage], tenant_id: str
    ) -> None:
        """Write which turn was said after which, and the windows of turns."""
        await conversations.join(self._transaction, sequels, tenant_id=tenant_id)
        await conversations.write_windows(self._transaction, windows, tenant_id=tenant_id)

    async def refresh(self, memories: Sequence[Memory], *, tenant_id: str) -> None:
        """Write `refreshed_at`, `metadata` and `version`."""
        if memories:
            await self._transaction.run(
                "memories/refresh",
                tenant_id=tenant_id,
                memories=[rows.refresh_parameter(one) for one in memories],
            )

    async def supersede(self, supersessions: Sequence[Supersession], *, tenant_id: str) -> None:
        """Make memories the history of others, and carry their links over."""
        if not supersessions:
            return
        pairs = [rows.supersession_parameter(one) for one in supersessions]
        await self._transaction.run("memories/supersede", tenant_id=tenant_id, pairs=pairs)
        for one in supersessions:
            await self.carry_links(tenant_id=tenant_id, old_id=one.old_id, new_id=one.new_id)

    async def note_conflicts(self, suspicions: Sequence[Suspicion], *, tenant_id: str) -> None:
        """Note pairs that may contradict each other."""
        if suspicions:
            pairs = [rows.suspicion_parameter(one) for one in suspicions]
            await self._transaction.run("conflicts/note", tenant_id=tenant_id, pairs=pairs)

    async def carry_links(self, *, tenant_id: str, old_id: str, new_id: str) -> None:
        """Copy the links of a superseded memory to the one in its place."""
        await self._transaction.run("graph/carry", tenant_id=tenant_id, old_id=old_id, new_id=new_id)


async def count_active(transaction: Transaction, *, tenant_id: str) -> int:
    """How many active memories the tenant has."""
    (answer,) = await transaction.run("memories/count_active", tenant_id=tenant_id)
    return answer["active"]
