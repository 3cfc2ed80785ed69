"""The Python client against the real service: each resource from its first call to its last."""

import asyncio
import json
from collections.abc import Iterator

import httpx2
import pytest
from loci_client import (
    ApiError,
    AsyncLoci,
    Conflict,
    Edge,
    Forbidden,
    Gone,
    IdempotencyMismatch,
    InvalidInput,
    Loci,
    NewEdge,
    NewMember,
    NewMemory,
    NotFound,
    Unauthorized,
)

from tests.e2e.command import LociProcess


class LosingAnswers(httpx2.BaseTransport):
    """Every other request does its work, but its answer never arrives."""

    def __init__(self) -> None:
        self._real = httpx2.HTTPTransport(trust_env=False)
        self._loses = False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = self._real.handle_request(request)
        self._loses = not self._loses
        if self._loses:
            response.close()
            raise httpx2.ReadError("The connection broke", request=request)
        return response

    def close(self) -> None:
        self._real.close()


@pytest.fixture(scope="module")
def client(loci: LociProcess) -> Iterator[Loci]:
    with Loci(loci.api_key, loci.base_url) as opened:
        yield opened


def test_a_memory_from_its_store_to_its_end(client: Loci) -> None:
    stored = client.store("ann", "Drinks green tea in the morning", importance=0.8, metadata={"seen": [1]})
    (found,) = client.search("ann", "what to drink")
    assert (stored.action, found.id, found.metadata) == ("stored", stored.id, {"seen": [1]})
    assert client.store("ann", "drinks green tea in the morning.").id == stored.id
    assert "Drinks green tea in the morning" in str(client.context("ann", "drinks"))
    assert client.update(stored.id, importance=0.2).importance == 0.2
    memory = client.get(stored.id)
    assert (memory.user_id, memory.status, memory.importance, memory.history) == ("ann", "active", 0.2, ())
    client.delete(stored.id)
    with pytest.raises(NotFound):
        client.get(stored.id)


def test_many_memories_at_once_over_several_pages(client: Loci) -> None:
    before = client.usage().memories_used
    facts = [NewMemory(user_id="team/bea", fact=f"Owns book number {number}") for number in range(7)]
    *stored, refused = client.store_many([*facts, NewMemory(user_id="team/bea", fact=" ")])
    assert isinstance(refused, InvalidInput)
    assert not any(isinstance(one, ApiError) for one in stored)
    assert client.usage().memories_used == before + 7
    for memory in client.list_all("team/bea", page_size=3):
        client.delete(memory.id)
    assert client.list_page("team/bea").total == 0


def test_links_from_the_first_to_the_last(client: Loci) -> None:
    facts = ("Builds a payment service", "Knows double-entry bookkeeping", "Reads about accounting at night")
    first, second, third = (client.store("cem", fact).id for fact in facts)
    edge = client.connect(first, second, "requires", weight=0.9)
    wanted = [NewEdge(from_memory_id=second, to_memory_id=third, relationship_type="learned by", weight=0.5)]
    made, refused = client.connect_many(
        [*wanted, NewEdge(from_memory_id=first, to_memory_id=second, relationship_type="requires")]
    )
    assert isinstance(made, Edge)
    assert isinstance(refused, Conflict)
    assert refused.existing_id == edge.id
    assert [(one.memory_id, one.depth) for one in client.traverse(first).nodes] == [(second, 1), (third, 2)]
    assert [one.memory_id for one in client.related(third)] == [second]
    assert [one.memory_id for one in client.path(first, third).nodes] == [first, second, third]
    assert len(client.subgraph([second]).edges) == 2
    client.delete_edge(edge.id)
    assert client.related(first) == ()


def test_an_agent_and_what_it_alone_knows(client: Loci) -> None:
    agent = client.agents.create("CodeAssist", owner_id="dev", model="m-1")
    stored = client.agents.store(agent.id, "dan", "Wants type hints in every example")
    assert (stored.action, stored.agent_id) == ("stored", agent.id)
    assert client.search("dan", "type hints") == ()
    assert [one.id for one in client.agents.search(agent.id, "dan", "type hints")] == [stored.id]
    assert [one.id for one in client.agents.list_memories(agent.id, "dan")] == [stored.id]
    assert client.get(stored.id).agent_id == agent.id
    assert client.agents.update(agent.id, description="Writes code").model == "m-1"
    assert client.agents.update(agent.id, clear=["model"]).model is None
    assert client.agents.list_all(owner_id="dev") == (client.agents.get(agent.id),)
    client.agents.delete(agent.id)
    with pytest.raises(NotFound):
        client.get(stored.id)


def test_a_team_its_members_and_what_they_share(client: Loci) -> None:
    team = client.teams.create("Atlas", "atlas", by="eve", members=[NewMember(user_id="fay")])
    with pytest.raises(Conflict) as taken:
        client.teams.create("Other", "atlas", by="eve")
    assert taken.value.existing_id == team.id
    shared = client.store("fay", "The reports move to PostgreSQL in May", team_id=team.id)
    assert shared.team_id == team.id
    found = client.search("eve", "reports", team_id=team.id, include_team=True)
    assert [one.id for one in found] == [shared.id]
    assert "PostgreSQL" in str(client.context("eve", "reports", team_id=team.id, include_team=True))
    assert [one.id for one in client.list_all("eve", team_id=team.id)] == [shared.id]
    client.teams.change_role(team.id, "fay", "read_only", by="eve")
    with pytest.raises(Forbidden):
        client.store("fay", "The tests move as well", team_id=team.id)
    client.teams.remove_member(team.id, "fay", by="fay")
    with pytest.raises(Conflict):
        client.teams.remove_member(team.id, "eve", by="eve")
    with pytest.raises(Forbidden):
        client.search("fay", "reports", team_id=team.id, include_team=True)


def test_the_ways_into_a_team_and_its_end(client: Loci) -> None:
    team = client.teams.create("Borealis", "borealis", by="gus")
    client.teams.add_member(team.id, "agents/hal", by="gus", role="read_only")
    invitation = client.teams.invite(team.id, "ida@example.org", by="gus")
    assert client.teams.accept_invitation(invitation.token, "ida").team_id == team.id
    with pytest.raises(Gone):
        client.teams.accept_invitation(invitation.token, "ida")
    roles = {member.user_id: member.role for member in client.teams.get(team.id).members}
    assert roles == {"gus": "admin", "agents/hal": "read_only", "ida": "member"}
    assert client.teams.update(team.id, by="gus", name="Aurora").name == "Aurora"
    assert [one.member_count for one in client.teams.list_all() if one.id == team.id] == [3]
    with pytest.raises(Forbidden):
        client.teams.delete(team.id, by="ida")
    client.teams.delete(team.id, by="gus")
    with pytest.raises(NotFound):
        client.teams.get(team.id)


def test_a_space_from_its_first_text_to_its_end(client: Loci) -> None:
    name = "Küche/notes v1.0"
    stored = client.spaces.store(name, "Production runs PostgreSQL 16", title="DB", metadata={"kind": "db"})
    other = client.spaces.store(name, "Deployments are frozen on Fridays")
    assert (stored.space, stored.title, stored.metadata) == (name, "DB", {"kind": "db"})
    assert client.spaces.store(name, "production runs PostgreSQL 16.").id == stored.id
    assert client.spaces.search(name, "which database?")[0].id == stored.id
    assert [one.id for one in client.spaces.search(name, "Fridays", metadata={"kind": "db"})] == [stored.id]
    assert [one.id for one in client.spaces.list_memories(name)] == [other.id, stored.id]
    assert client.get(stored.id).user_id is None
    client.spaces.delete_memory(stored.id)
    with pytest.raises(NotFound):
        client.spaces.get_memory(stored.id)
    assert [one.memory_count for one in client.spaces.list_all() if one.name == name] == [1]
    client.spaces.delete(name)
    assert client.spaces.list_memories(name) == ()


def test_spaces_are_walked_over_and_deleted_page_by_page(client: Loci) -> None:
    names = {f"room {number}" for number in range(5)}
    for name in names:
        client.spaces.store(name, "Somebody was here")
    for space in client.spaces.list_all(page_size=2):
        if space.name in names:
            client.spaces.delete(space.id)
    assert names.isdisjoint(space.name for space in client.spaces.list_page())


def test_a_language_model_stores_finds_and_forgets_by_tool_calls(client: Loci) -> None:
    fact = '{"user_id": "lea", "fact": "Speaks Basque at home"}'
    stored = client.call_tool("smara_store_memory", fact)
    found = client.call_tool("smara_search_memories", {"user_id": "lea", "q": "languages"})
    assert json.dumps(stored["id"]) in json.dumps(found)
    assert client.call_tool("smara_delete_memory", {"memory_id": stored["id"]}) == {}
    assert client.search("lea", "languages") == ()


def test_the_same_key_takes_effect_once_and_for_one_request(client: Loci) -> None:
    first = client.store("jon", "Plays chess on Tuesdays", idempotency_key="import, line 7")
    assert client.store("jon", "Plays chess on Tuesdays", idempotency_key="import, line 7") == first
    assert first.action == "stored"
    with pytest.raises(IdempotencyMismatch):
        client.store("jon", "Plays chess on Thursdays", idempotency_key="import, line 7")


def test_a_call_whose_answer_was_lost_is_answered_as_if_it_had_not_been(loci: LociProcess) -> None:
    with Loci(loci.api_key, loci.base_url, transport=LosingAnswers(), sleep=lambda _: None) as client:
        assert client.store("mia", "Collects stamps from Peru").action == "stored"
        agent = client.agents.create("Collector", owner_id="mia")
        assert client.agents.list_all(owner_id="mia") == (agent,)
        team = client.teams.create("Collectors", "collectors", by="mia")
        client.teams.add_member(team.id, "ned", by="mia")
        invitation = client.teams.invite(team.id, "ola@example.org", by="mia")
        assert client.teams.accept_invitation(invitation.token, "ola").team_id == team.id
        assert client.teams.get(team.id).members[-1].user_id == "ola"
        client.teams.remove_member(team.id, "ned", by="ned")
        client.teams.delete(team.id, by="mia")


def test_a_wrong_key_is_an_error_of_its_own(loci: LociProcess) -> None:
    with Loci("loci_wrong", loci.base_url) as stranger, pytest.raises(Unauthorized):
        stranger.usage()


async def test_an_asynchronous_program_does_the_same_side_by_side(loci: LociProcess) -> None:
    async with AsyncLoci(loci.api_key, loci.base_url) as client:
        facts = [f"Met somebody from town number {number}" for number in range(5)]
        stored = await asyncio.gather(*(client.store("kim", fact) for fact in facts))
        listed = {one.id async for one in client.list_all("kim", page_size=2)}
        assert listed == {one.id for one in stored}
        await client.spaces.store("kim's room", "Somebody was here")
        assert "kim's room" in [space.name async for space in client.spaces.list_all()]
        agent = await client.agents.create("Walker", owner_id="kim")
        assert await client.agents.list_all(owner_id="kim") == (agent,)
