"""Joins the use cases to parts that are open; the one place that knows them all."""

from pydantic import SecretStr

from app import embedding
from app.domain.decay import DecayPolicy
from app.domain.judge import JudgePolicy
from app.domain.ranking import BlendPolicy
from app.graph.store import GraphStore
from app.ports import Clock, Embedder
from app.services import (
    Access,
    Agents,
    Connect,
    Health,
    Invitations,
    Memories,
    Recall,
    Receipts,
    Remember,
    Services,
    Signup,
    Spaces,
    Teams,
    Traverse,
)
from app.services.scoping import Scoping
from app.settings import Settings


def assemble(settings: Settings, *, graph: GraphStore, embedder: Embedder, clock: Clock) -> Services:
    """The use cases over parts that are open."""
    access, teams = access_of(settings, graph, clock), Teams(store=graph.teams, clock=clock)
    scoping = _scoping(settings, graph)
    return Services(
        remember=_remember(settings, graph, embedder, clock, scoping),
        recall=Recall(
            search_index=graph.search,
            embedder=embedder,
            clock=clock,
            scoping=scoping,
            policy=BlendPolicy(decay=_decay(settings)),
        ),
        memories=Memories(
            store=graph.memories,
            scoping=scoping,
            clock=clock,
            decay=_decay(settings),
            memory_limit=settings.memory_limit,
        ),
        spaces=_spaces(settings, graph, embedder, clock),
        agents=Agents(store=graph.agents, clock=clock),
        teams=teams,
        invitations=Invitations(store=graph.teams, teams=teams, clock=clock),
        connect=Connect(links=graph.links, clock=clock),
        traverse=Traverse(links=graph.links),
        receipts=Receipts(store=graph.receipts, clock=clock),
        access=access,
        signup=Signup(access=access, is_open=settings.signup),
        health=Health(database=graph.health, embedder=embedder),
    )


def _decay(settings: Settings) -> DecayPolicy:
    return DecayPolicy(curve=settings.decay)


def _scoping(settings: Settings, graph: GraphStore) -> Scoping:
    return Scoping(
        agents=graph.agents,
        teams=graph.teams,
        scopes=graph.scopes,
        implicit_agent_members=settings.implicit_agent_members,
    )


def _remember(
    settings: Settings, graph: GraphStore, embedder: Embedder, clock: Clock, scoping: Scoping
) -> Remember:
    return Remember(
        store=graph.memories,
        embedder=embedder,
        clock=clock,
        scoping=scoping,
        policy=JudgePolicy(duplicate_cosine=settings.duplicate_cosine),
        memory_limit=settings.memory_limit,
    )


def _spaces(settings: Settings, graph: GraphStore, embedder: Embedder, clock: Clock) -> Spaces:
    return Spaces(
        spaces=graph.spaces,
        memories=graph.memories,
        search_index=graph.search,
        embedder=embedder,
        clock=clock,
        policy=JudgePolicy(duplicate_cosine=settings.duplicate_cosine, merges_fuller=False),
        curve=embedding.curve_of(embedder.model),
        memory_limit=settings.memory_limit,
    )


def access_of(settings: Settings, graph: GraphStore, clock: Clock) -> Access:
    """Tenants and keys alone."""
    return Access(
        store=graph.access,
        memories=graph.memories,
        clock=clock,
        static_key=plain(settings.api_key),
        setup_secret=plain(settings.setup_secret),
        memory_limit=settings.memory_limit,
    )


def plain(secret: SecretStr | None) -> str | None:
    """The secret as text."""
    return None if secret is None else secret.get_secret_value()
