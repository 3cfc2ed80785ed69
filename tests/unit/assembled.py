"""All use cases over dictionaries, joined as `app.wiring` joins them over the real parts."""

from dataclasses import dataclass, field
from functools import partial

from app.domain import judge as judging
from app.domain.admission import Judge
from app.domain.calibration import UNCALIBRATED
from app.domain.decay import DecayPolicy
from app.domain.judge import JudgePolicy
from app.domain.ranking import BlendPolicy
from app.embedding import DeterministicEmbedder
from app.ports import Embedder, MemorySearch, RecallIndex, Reranker
from app.services import (
    Access,
    Agents,
    Conflicts,
    Connect,
    Health,
    History,
    Invitations,
    Memories,
    Preview,
    Recall,
    Receipts,
    Remember,
    Restore,
    Services,
    SettingsByTenant,
    Signup,
    Spaces,
    Teams,
    Traverse,
)
from app.services.scoping import Scoping
from tests.fake_access import InMemoryAccess
from tests.fake_conflicts import InMemoryConflicts
from tests.fake_history import InMemoryHistory
from tests.fake_people import InMemoryAgents, InMemoryTeams
from tests.fake_receipts import InMemoryReceipts
from tests.fake_settings import InMemoryTenantSettings
from tests.fake_spaces import InMemorySpaces
from tests.fakes import FakeClock, FakeDatabaseHealth, InMemoryMemories


@dataclass(slots=True, kw_only=True)
class World:
    """Fakes that belong together, and the use cases over them."""

    clock: FakeClock = field(default_factory=FakeClock)
    receipts: InMemoryReceipts = field(default_factory=InMemoryReceipts)
    embedder: Embedder = field(default_factory=DeterministicEmbedder)
    database: FakeDatabaseHealth = field(default_factory=FakeDatabaseHealth)
    judge: Judge = partial(judging.judge, policy=JudgePolicy())  # noqa: RUF009  # a pure function
    memory_limit: int | None = None
    given_memories: InMemoryMemories | None = None
    search_index: MemorySearch | None = None
    recall_index: RecallIndex | None = None
    reranker: Reranker | None = None
    blend: BlendPolicy = field(default_factory=BlendPolicy)
    most_graph_types: int = 500
    implicit_agent_members: bool = True
    static_key: str | None = None
    setup_secret: str | None = None
    signup_is_open: bool = False
    access: InMemoryAccess = field(default_factory=InMemoryAccess)
    memories: InMemoryMemories = field(init=False)
    agents: InMemoryAgents = field(init=False)
    teams: InMemoryTeams = field(init=False)
    spaces: InMemorySpaces = field(init=False)
    scoping: Scoping = field(init=False)
    settings_store: InMemoryTenantSettings = field(init=False)

    def __post_init__(self) -> None:
        """Open the stores."""
        self.memories = self.given_memories or InMemoryMemories(self.receipts)
        self.agents = InMemoryAgents(self.memories, self.receipts)
        self.teams = InMemoryTeams(self.memories, self.receipts)
        self.spaces = InMemorySpaces(self.memories)
        self.settings_store = InMemoryTenantSettings(self.access)
        self.scoping = Scoping(
            agents=self.agents,
            teams=self.teams,
            scopes=self.memories.scope_store(),
            implicit_agent_members=self.implicit_agent_members,
        )

    def remember(self) -> Remember:
        """Storing."""
        return Remember(
            store=self.memories,
            embedder=self.embedder,
            clock=self.clock,
            scoping=self.scoping,
            settings=self.settings_store,
            judge=self.judge,
            memory_limit=self.memory_limit,
        )

    def recall(self) -> Recall:
        """Searching."""
        return Recall(
            index=self.recall_index or self.memories.recall_index(),
            search_index=self.search_index or self.memories,
            memories=self.memories,
            spaces=self.spaces,
            embedder=self.embedder,
            clock=self.clock,
            scoping=self.scoping,
            blend=self.blend,
            reranker=self.reranker,
        )

    def single_memories(self) -> Memories:
        """Single memories and listings."""
        return Memories(
            store=self.memories,
            scoping=self.scoping,
            clock=self.clock,
            decay=DecayPolicy(),
            memory_limit=self.memory_limit,
        )

    def restore(self) -> Restore:
        """Bringing memories back."""
        return Restore(
            store=InMemoryHistory(self.memories),
            memories=self.single_memories(),
            clock=self.clock,
            memory_limit=self.memory_limit,
        )

    def preview(self) -> Preview:
        """Saying what storing would do."""
        return Preview(
            remember=self.remember(),
            compare_all=partial(judging.compare_all, policy=JudgePolicy()),
        )

    def services(self) -> Services:
        """All of them."""
        access, teams = self._access(), Teams(store=self.teams, clock=self.clock)
        links = self.memories.link_store()
        return Services(
            remember=self.remember(),
            recall=self.recall(),
            memories=self.single_memories(),
            history=History(store=InMemoryHistory(self.memories)),
            restore=self.restore(),
            preview=self.preview(),
            conflicts=Conflicts(
                store=InMemoryConflicts(self.memories), embedder=self.embedder, clock=self.clock
            ),
            spaces=self._spaces(),
            agents=Agents(store=self.agents, clock=self.clock),
            teams=teams,
            invitations=Invitations(store=self.teams, teams=teams, clock=self.clock),
            connect=Connect(links=links, clock=self.clock, most_graph_types=self.most_graph_types),
            traverse=Traverse(links=links),
            receipts=Receipts(store=self.receipts, clock=self.clock),
            access=access,
            tenant_settings=SettingsByTenant(store=self.settings_store),
            signup=Signup(access=access, is_open=self.signup_is_open),
            health=Health(database=self.database, embedder=self.embedder),
        )

    def _access(self) -> Access:
        return Access(
            store=self.access,
            memories=self.memories,
            clock=self.clock,
            static_key=self.static_key,
            setup_secret=self.setup_secret,
            memory_limit=self.memory_limit,
        )

    def _spaces(self) -> Spaces:
        return Spaces(
            spaces=self.spaces,
            memories=self.memories,
            recall=self.recall(),
            embedder=self.embedder,
            clock=self.clock,
            judge=partial(judging.judge, policy=JudgePolicy(merges_fuller=False)),
            curve=UNCALIBRATED,
            memory_limit=self.memory_limit,
        )
