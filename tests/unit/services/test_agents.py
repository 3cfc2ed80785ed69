"""Registering agents, and changing and removing them."""

import dataclasses
from datetime import timedelta

import pytest

from app.domain.agents import AgentChange
from app.errors import InvalidInput, NotFound
from app.services import Agents
from app.services.agents import AgentDraft
from tests.fake_people import People
from tests.fakes import FakeClock

TENANT = "tenant"
DRAFT = AgentDraft(name="CodeAssist", owner_id="sri", description="d", model="m", system_prompt="s")


@pytest.fixture
def agents(clock: FakeClock) -> Agents:
    return Agents(store=People().agents, clock=clock)


async def test_an_agent_carries_what_was_given_and_the_time(agents: Agents, clock: FakeClock) -> None:
    agent = await agents.create(DRAFT, tenant_id=TENANT)
    given = {
        name: getattr(agent, name) for name in ("name", "owner_id", "description", "model", "system_prompt")
    }
    assert AgentDraft(**given) == DRAFT
    assert (agent.created_at, agent.updated_at) == (clock.now(), clock.now())
    assert await agents.get(tenant_id=TENANT, agent_id=agent.id) == agent


async def test_a_second_agent_of_the_same_name_is_another_one(agents: Agents) -> None:
    first, second = [await agents.create(DRAFT, tenant_id=TENANT) for _ in range(2)]
    assert list(await agents.all(tenant_id=TENANT)) == [second, first]


async def test_only_what_is_named_changes_and_the_time_is_noted(agents: Agents, clock: FakeClock) -> None:
    agent = await agents.create(DRAFT, tenant_id=TENANT)
    clock.move(timedelta(minutes=1))
    changed = await agents.change(AgentChange(model=None), tenant_id=TENANT, agent_id=agent.id)
    assert changed == dataclasses.replace(agent, model=None, updated_at=clock.now())


async def test_a_change_of_nothing_is_refused_even_of_an_unknown_agent(agents: Agents) -> None:
    with pytest.raises(InvalidInput, match="No fields to update"):
        await agents.change(AgentChange(), tenant_id=TENANT, agent_id="nobody")


@pytest.mark.parametrize("tenant_id", [TENANT, "another tenant"])
async def test_unknown_and_foreign_agents_are_not_found(agents: Agents, tenant_id: str) -> None:
    known = await agents.create(DRAFT, tenant_id=TENANT)
    agent_id = "nobody" if tenant_id == TENANT else known.id
    for work in (
        agents.get(tenant_id=tenant_id, agent_id=agent_id),
        agents.change(AgentChange(name="x"), tenant_id=tenant_id, agent_id=agent_id),
        agents.delete(tenant_id=tenant_id, agent_id=agent_id),
    ):
        with pytest.raises(NotFound, match="Agent not found"):
            await work
    assert await agents.get(tenant_id=TENANT, agent_id=known.id) == known


async def test_an_agent_is_deleted_once(agents: Agents) -> None:
    agent = await agents.create(DRAFT, tenant_id=TENANT)
    await agents.delete(tenant_id=TENANT, agent_id=agent.id)
    with pytest.raises(NotFound):
        await agents.delete(tenant_id=TENANT, agent_id=agent.id)
