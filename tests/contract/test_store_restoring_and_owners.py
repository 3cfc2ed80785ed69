"""Bringing back memories of spaces, agents and teams, asked of the fakes and of Neo4j alike."""

import pytest

from app.domain.agents import Agent
from app.domain.models import MemoryStatus, Scope
from app.domain.spaces import Space
from app.errors import Conflict, NotFound
from app.ports import MemoryTransaction
from tests import chained, remembered
from tests.conftest import Stores
from tests.remembered import NOW, axis, memory


async def test_what_was_deleted_with_its_space_stays_deleted(stores: Stores, tenant_id: str) -> None:
    space = Space(id="space-" + tenant_id, tenant_id=tenant_id, name="notes", created_at=NOW)
    inside = remembered.scopes.space_scope(tenant_id=tenant_id, space_id=space.id)
    early, late = memory(inside, "early"), memory(inside, "late")

    async def create(transaction: MemoryTransaction, entered: Space) -> None:
        made = [
            remembered.Candidate(memory=early, vector=axis(0)),
            remembered.Candidate(memory=late, vector=axis(5)),
        ]
        await transaction.create(made, tenant_id=tenant_id, scopes=[inside])

    await stores.spaces.write(space, create)
    await chained.delete(stores, early)
    await stores.spaces.delete(tenant_id=tenant_id, id_or_name="notes", at=NOW)
    for one in (early, late):
        with pytest.raises(NotFound):
            await chained.restore(stores, one)


async def test_what_was_deleted_with_its_agent_stays_deleted(stores: Stores, tenant_id: str) -> None:
    agent = Agent(
        id="agent-" + tenant_id,
        tenant_id=tenant_id,
        name="Aide",
        owner_id="ann",
        created_at=NOW,
        updated_at=NOW,
    )
    await stores.agents.create(agent)
    inside = remembered.scopes.agent_scope(
        tenant_id=tenant_id, agent_id=agent.id, user_id="ann", namespace="default"
    )
    early, late = memory(inside, "early"), memory(inside, "late")
    await remembered.store(stores.memories, inside, early, late)
    await chained.delete(stores, early)
    await stores.agents.delete(tenant_id=tenant_id, agent_id=agent.id, at=NOW)
    for one in (early, late):
        with pytest.raises(NotFound):
            await chained.restore(stores, one)


async def test_a_memory_shared_with_a_team_since_leaves_its_history_where_it_was(
    stores: Stores, scope: Scope
) -> None:
    a, _, c = await chained.three(stores, scope)
    team_id = await stores.add_team(scope.tenant_id)
    shared = remembered.scopes.team_scope(
        tenant_id=scope.tenant_id, team_id=team_id, user_id="ann", namespace="default"
    )
    await stores.memories.update(tenant_id=scope.tenant_id, memory_id=c.id, importance=None, moved_to=shared)
    chain = {one.memory.text: one.memory for one in await chained.restore(stores, a)}
    assert (chain["a"].scope_id, chain["a"].status) == (scope.id, MemoryStatus.ACTIVE)
    assert (chain["c"].scope_id, chain["c"].status) == (shared.id, MemoryStatus.SUPERSEDED)


async def test_words_that_another_author_shares_with_the_team_are_an_obstacle(
    stores: Stores, tenant_id: str
) -> None:
    team_id = await stores.add_team(tenant_id)
    of_ann, of_bob = (
        remembered.scopes.team_scope(
            tenant_id=tenant_id, team_id=team_id, user_id=user_id, namespace="default"
        )
        for user_id in ("ann", "bob")
    )
    gone, known = memory(of_ann, "Likes tea"), memory(of_bob, "likes tea")
    await remembered.store(stores.memories, of_ann, gone)
    await chained.delete(stores, gone)
    await remembered.store(stores.memories, of_bob, known)
    with pytest.raises(Conflict) as refused:
        await chained.restore(stores, gone)
    assert refused.value.existing_id == known.id
