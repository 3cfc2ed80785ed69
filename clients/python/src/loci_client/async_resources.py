"""The calls of the asynchronous client that are grouped by what they are about."""

from loci_client import agent_calls, member_calls, space_calls, team_calls
from loci_client.binding import PerformsAsync, awaited, iterating_async


class AsyncAgents:
    """Agents: programs with memories of their own about each user."""

    def __init__(self, client: PerformsAsync) -> None:
        self.perform = client.perform

    create = awaited(agent_calls.create)
    get = awaited(agent_calls.get)
    list_all = awaited(agent_calls.list_all)
    update = awaited(agent_calls.update)
    delete = awaited(agent_calls.delete)

    store = awaited(agent_calls.store)
    search = awaited(agent_calls.search)
    list_memories = awaited(agent_calls.list_memories)


class AsyncTeams:
    """Teams: users who share memories. `by` is the user who acts, an admin of the team."""

    def __init__(self, client: PerformsAsync) -> None:
        self.perform = client.perform

    create = awaited(team_calls.create)
    get = awaited(team_calls.get)
    list_all = awaited(team_calls.list_all)
    update = awaited(team_calls.update)
    delete = awaited(team_calls.delete)

    add_member = awaited(member_calls.add_member)
    change_role = awaited(member_calls.change_role)
    remove_member = awaited(member_calls.remove_member)
    invite = awaited(member_calls.invite)
    accept_invitation = awaited(member_calls.accept_invitation)


class AsyncSpaces:
    """Spaces: rooms for texts that belong to no user, addressed by name."""

    def __init__(self, client: PerformsAsync) -> None:
        self.perform = client.perform

    store = awaited(space_calls.store)
    search = awaited(space_calls.search)
    list_memories = awaited(space_calls.list_memories)
    get_memory = awaited(space_calls.get_memory)
    delete_memory = awaited(space_calls.delete_memory)

    list_page = awaited(space_calls.list_page)
    list_all = iterating_async(space_calls.list_all)
    delete = awaited(space_calls.delete)
