"""The calls of the blocking client that are grouped by what they are about."""

from loci_client import agent_calls, member_calls, space_calls, team_calls
from loci_client.binding import Performs, blocking, iterating


class Agents:
    """Agents: programs with memories of their own about each user."""

    def __init__(self, client: Performs) -> None:
        self.perform = client.perform

    create = blocking(agent_calls.create)
    get = blocking(agent_calls.get)
    list_all = blocking(agent_calls.list_all)
    update = blocking(agent_calls.update)
    delete = blocking(agent_calls.delete)

    store = blocking(agent_calls.store)
    search = blocking(agent_calls.search)
    list_memories = blocking(agent_calls.list_memories)


class Teams:
    """Teams: users who share memories. `by` is the user who acts, an admin of the team."""

    def __init__(self, client: Performs) -> None:
        self.perform = client.perform

    create = blocking(team_calls.create)
    get = blocking(team_calls.get)
    list_all = blocking(team_calls.list_all)
    update = blocking(team_calls.update)
    delete = blocking(team_calls.delete)

    add_member = blocking(member_calls.add_member)
    change_role = blocking(member_calls.change_role)
    remove_member = blocking(member_calls.remove_member)
    invite = blocking(member_calls.invite)
    accept_invitation = blocking(member_calls.accept_invitation)


class Spaces:
    """Spaces: rooms for texts that belong to no user, addressed by name."""

    def __init__(self, client: Performs) -> None:
        self.perform = client.perform

    store = blocking(space_calls.store)
    search = blocking(space_calls.search)
    list_memories = blocking(space_calls.list_memories)
    get_memory = blocking(space_calls.get_memory)
    delete_memory = blocking(space_calls.delete_memory)

    list_page = blocking(space_calls.list_page)
    list_all = iterating(space_calls.list_all)
    delete = blocking(space_calls.delete)
