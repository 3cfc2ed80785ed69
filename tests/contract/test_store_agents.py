"""What every `AgentStore` promises, asked of the fakes and of Neo4j alike."""

import dataclasses
from datetime import timedelta

import pytest

from app.domain import scope as scopes
from app.domain.agents import Agent, AgentChange
from app.domain.models import Memory, Scope
from app.errors import NotFound, Repeated
from app.ports import Listing, NearestQuery
from tests import people, remembered
from tests.conftest import Stores
from tests.people import agent_of
from tests.remembered import NOW, axis, memory

LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def agent(stores: Stores, tenant_id: str) -> Agent:
    return await stores.agents.create(agent_of(tenant_id))


def scope_of(agent: Agent, user_id: str = "ann", namespace: str = "default") -> Scope:
    return scopes.agent_scope(
        tenant_id=agent.tenant_id, agent_id=agent.id, user_id=user_id, namespace=namespace
    )


async def known(stores: Stores, agent: Agent) -> Memory:
    """A memory of the agent."""
    scope = scope_of(agent)
    one = memory(scope)
    await remembered.store(stores.memories, scope, one, vectors=[axis(0)])
    return one


async def test_an_agent_is_found_as_it_was_written(stores: Stores, tenant_id: str) -> None:
    plain = agent_of(tenant_id, "Ünder`Dog`")
    full = dataclasses.replace(
        agent_of(tenant_id), description="d", model="m", system_prompt="You are\n…", updated_at=LATER
    )
    bare = dataclasses.replace(agent_of(tenant_id), description=None)
    for one in (plain, full, bare):
        assert await stores.agents.create(one) == one
        assert await stores.agents.get(tenant_id=tenant_id, agent_id=one.id) == one


async def test_names_need_not_be_unique(stores: Stores, tenant_id: str) -> None:
    for one in (agent_of(tenant_id), agent_of(tenant_id)):
        await stores.agents.create(one)
    assert len(await stores.agents.all(tenant_id=tenant_id, owner_id=None)) == 2


async def test_agents_come_newest_first_and_the_last_of_equals_first(stores: Stores, tenant_id: str) -> None:
    made = [agent_of(tenant_id, "b"), agent_of(tenant_id, "c"), agent_of(tenant_id, "a", at=LATER)]
    for one in made:
        await stores.agents.create(one)
    assert people.names(await stores.agents.all(tenant_id=tenant_id, owner_id=None)) == ["a", "c", "b"]


async def test_the_agents_of_one_owner_are_chosen_by_the_whole_id(stores: Stores, tenant_id: str) -> None:
    for owner_id in ("sri", "sri/2", "ann"):
        await stores.agents.create(agent_of(tenant_id, f"of {owner_id}", owner_id=owner_id))
    assert people.names(await stores.agents.all(tenant_id=tenant_id, owner_id="sri")) == ["of sri"]
    assert await stores.agents.all(tenant_id=tenant_id, owner_id="nobody") == []


async def test_a_change_touches_what_it_names_and_the_time(stores: Stores, agent: Agent) -> None:
    change = AgentChange(name="Renamed", model="m")
    changed = await stores.agents.update(change, tenant_id=agent.tenant_id, agent_id=agent.id, at=LATER)
    assert changed == dataclasses.replace(agent, name="Renamed", model="m", updated_at=LATER)
    assert await stores.agents.get(tenant_id=agent.tenant_id, agent_id=agent.id) == changed


async def test_none_takes_a_value_away(stores: Stores, agent: Agent) -> None:
    change = AgentChange(description=None, system_prompt=None)
    changed = await stores.agents.update(change, tenant_id=agent.tenant_id, agent_id=agent.id, at=LATER)
    assert changed is not None
    assert (changed.name, changed.description) == (agent.name, None)


@pytest.mark.parametrize("user_id", ["agent-codeassist", "the id"])
async def test_an_agent_is_known_by_its_id_and_by_its_name(
    stores: Stores, agent: Agent, user_id: str
) -> None:
    wanted = agent.id if user_id == "the id" else user_id
    assert await stores.agents.is_member_id(tenant_id=agent.tenant_id, user_id=wanted)
    assert not await stores.agents.is_member_id(tenant_id="another tenant", user_id=wanted)


@pytest.mark.parametrize("user_id", ["", "agent-", "codeassist", "CodeAssist", "AGENT-codeassist", "sri"])
async def test_others_are_no_agents(stores: Stores, agent: Agent, user_id: str) -> None:
    await stores.agents.create(agent_of(agent.tenant_id, "助手"))
    assert not await stores.agents.is_member_id(tenant_id=agent.tenant_id, user_id=user_id)


async def test_a_renamed_agent_goes_by_its_new_name_alone(stores: Stores, agent: Agent) -> None:
    tenant_id = agent.tenant_id
    change = AgentChange(name="New Name")
    await stores.agents.update(change, tenant_id=tenant_id, agent_id=agent.id, at=LATER)
    assert await stores.agents.is_member_id(tenant_id=tenant_id, user_id="agent-new-name")
    assert not await stores.agents.is_member_id(tenant_id=tenant_id, user_id="agent-codeassist")


async def test_a_deleted_agent_is_gone_and_is_no_member(stores: Stores, agent: Agent) -> None:
    tenant_id = agent.tenant_id
    assert await stores.agents.delete(tenant_id=tenant_id, agent_id=agent.id, at=LATER)
    assert not await stores.agents.delete(tenant_id=tenant_id, agent_id=agent.id, at=LATER)
    assert await stores.agents.get(tenant_id=tenant_id, agent_id=agent.id) is None
    assert await stores.agents.all(tenant_id=tenant_id, owner_id=None) == []
    for user_id in (agent.id, "agent-codeassist"):
        assert not await stores.agents.is_member_id(tenant_id=tenant_id, user_id=user_id)


async def test_the_memories_of_a_deleted_agent_are_deleted_with_their_history(
    stores: Stores, agent: Agent
) -> None:
    tenant_id, scope = agent.tenant_id, scope_of(agent)
    old, new = memory(scope, "old"), memory(scope, "new")
    await remembered.store(stores.memories, scope, old, new, vectors=[axis(0), axis(2)])
    await stores.supersede(old, new, NOW)
    elsewhere = scope_of(agent, "ben", "work")
    far = memory(elsewhere)
    await remembered.store(stores.memories, elsewhere, far, vectors=[axis(0)])
    await stores.agents.delete(tenant_id=tenant_id, agent_id=agent.id, at=LATER)
    for one in (old, new, far):
        assert await stores.memories.get(tenant_id=tenant_id, memory_id=one.id) is None
    assert await stores.memories.count_active(tenant_id=tenant_id) == 0
    scope_ids = [scope.id, elsewhere.id]
    query = NearestQuery(tenant_id=tenant_id, scope_ids=scope_ids, vector=axis(0), limit=9)
    assert await stores.search.nearest(query) == []
    listing = Listing(tenant_id=tenant_id, scope_ids=scope_ids, offset=0, limit=9)
    assert (await stores.memories.page(listing)).total == 0


async def test_what_others_know_outlives_a_deleted_agent(stores: Stores, agent: Agent, scope: Scope) -> None:
    other = await stores.agents.create(agent_of(agent.tenant_id))
    plain = memory(scope)
    await remembered.store(stores.memories, scope, plain, vectors=[axis(0)])
    kept = await known(stores, other)
    await stores.agents.delete(tenant_id=agent.tenant_id, agent_id=agent.id, at=LATER)
    for one in (plain, kept):
        assert await stores.memories.get(tenant_id=agent.tenant_id, memory_id=one.id) == one


async def test_nothing_is_stored_for_an_agent_that_is_gone(stores: Stores, agent: Agent) -> None:
    await known(stores, agent)
    await stores.agents.delete(tenant_id=agent.tenant_id, agent_id=agent.id, at=LATER)
    with pytest.raises(NotFound, match="Agent not found"):
        await known(stores, agent)
    assert await stores.memories.count_active(tenant_id=agent.tenant_id) == 0


async def test_no_method_shows_or_changes_an_agent_of_another_tenant(stores: Stores, agent: Agent) -> None:
    one = await known(stores, agent)
    foreign = {"tenant_id": "another tenant", "agent_id": agent.id}
    assert await stores.agents.get(**foreign) is None
    assert await stores.agents.update(AgentChange(name="Mine"), **foreign, at=LATER) is None
    assert not await stores.agents.delete(**foreign, at=LATER)
    assert await stores.agents.all(tenant_id="another tenant", owner_id=None) == []
    assert await stores.agents.get(tenant_id=agent.tenant_id, agent_id=agent.id) == agent
    assert await stores.memories.get(tenant_id=agent.tenant_id, memory_id=one.id) == one


async def test_an_agent_is_registered_once_per_key(stores: Stores, tenant_id: str) -> None:
    first = await stores.agents.create(agent_of(tenant_id), once=people.sent_once(tenant_id))
    with pytest.raises(Repeated) as repeated:
        await stores.agents.create(agent_of(tenant_id), once=people.sent_once(tenant_id))
    assert repeated.value.answer.body == str(first)
    assert await stores.agents.all(tenant_id=tenant_id, owner_id=None) == [first]
