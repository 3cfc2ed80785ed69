"""One team over dictionaries, for tests of the services about teams and invitations."""

from app.domain.agents import Agent
from app.domain.teams import Member, Role, Team
from app.services import Invitations, Teams
from app.services.scoping import Scoping
from app.services.teams import MemberDraft, TeamDraft
from tests import people
from tests.fake_people import People
from tests.fakes import FakeClock

TENANT = "tenant"


class TeamWorld:
    """A team with the admin "sri", the member "ann" and the read-only member "rob"."""

    def __init__(self, *, implicit_agent_members: bool = True) -> None:
        self.clock = FakeClock()
        self.people = People()
        self.teams = Teams(store=self.people.teams, clock=self.clock)
        self.invitations = Invitations(store=self.people.teams, teams=self.teams, clock=self.clock)
        self.scoping = Scoping(
            agents=self.people.agents,
            teams=self.people.teams,
            scopes=self.people.memories.scope_store(),
            implicit_agent_members=implicit_agent_members,
        )

    async def team(self, slug: str = "red") -> Team:
        """The team."""
        members = [MemberDraft(user_id="ann"), MemberDraft(user_id="rob", role=Role.READ_ONLY)]
        draft = TeamDraft(name="The team", slug=slug, founder=MemberDraft(user_id="sri"), members=members)
        return await self.teams.create(draft, tenant_id=TENANT)

    async def agent(self) -> Agent:
        """A registered agent named CodeAssist."""
        return await self.people.agents.create(people.agent_of(TENANT))

    async def members(self, team: Team) -> dict[str, Member]:
        """The explicit members by user id."""
        roster = await self.teams.get(tenant_id=TENANT, team_id=team.id)
        return {one.user_id: one for one in roster.members}

    async def add(self, team: Team, user_id: str, *, by: str = "sri", role: Role = Role.MEMBER) -> Member:
        """A new member."""
        draft = MemberDraft(user_id=user_id, role=role)
        return await self.teams.add_member(draft, tenant_id=TENANT, team_id=team.id, by=by)
