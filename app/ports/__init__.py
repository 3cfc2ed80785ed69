"""What the services ask of the outside: time, vectors, and stores. Nothing here says how.

Every store method that touches tenant data takes the tenant, and no answer ever holds data of another.
Stores raise `Unavailable` when the database cannot be reached; the rest is said at each method.
"""

from app.ports.access import AccessStore
from app.ports.agents import AgentStore
from app.ports.clock import Clock
from app.ports.conflicts import ConflictListing, ConflictPage, ConflictStore, ResolvedConflict
from app.ports.embedder import Embedder
from app.ports.health import DatabaseHealth, ReadinessCheck
from app.ports.history import HistoryStore
from app.ports.links import FoundLinks, LinkQuery, LinkStore
from app.ports.memories import Listing, MemoryStore, MemoryTransaction
from app.ports.once import Once, ReceiptStore
from app.ports.recall import (
    CandidatesQuery,
    Nearest,
    ReachQuery,
    RecallIndex,
    ScanQuery,
    VectorQuery,
    WordsFound,
    WordsQuery,
)
from app.ports.reranker import Reranker
from app.ports.scopes import ScopeStore
from app.ports.search import LeastFadedQuery, MemorySearch, NearestQuery
from app.ports.spaces import SpaceStore
from app.ports.teams import TeamStore
from app.ports.tenant_settings import TenantSettingsStore

__all__ = [
    "AccessStore",
    "AgentStore",
    "CandidatesQuery",
    "Clock",
    "ConflictListing",
    "ConflictPage",
    "ConflictStore",
    "DatabaseHealth",
    "Embedder",
    "FoundLinks",
    "HistoryStore",
    "LeastFadedQuery",
    "LinkQuery",
    "LinkStore",
    "Listing",
    "MemorySearch",
    "MemoryStore",
    "MemoryTransaction",
    "Nearest",
    "NearestQuery",
    "Once",
    "ReachQuery",
    "ReadinessCheck",
    "RecallIndex",
    "ReceiptStore",
    "Reranker",
    "ResolvedConflict",
    "ScanQuery",
    "ScopeStore",
    "SpaceStore",
    "TeamStore",
    "TenantSettingsStore",
    "VectorQuery",
    "WordsFound",
    "WordsQuery",
]
