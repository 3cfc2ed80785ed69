"""Joins the use cases to parts that are open; the one place that knows them all."""

from dataclasses import replace
from functools import partial

from pydantic import SecretStr

from app import embedding
from app.domain import judge as judging
from app.domain.admission import Judge
from app.domain.decay import DecayPolicy
from app.domain.judge import JudgeKind, JudgePolicy, Opinion
from app.domain.ranking import BlendPolicy
from app.domain.recall import RecallPolicy
from app.graph.store import GraphStore
from app.ports import Clock, Embedder, Reranker
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
from app.services.preview import CompareAll
from app.services.scoping import Scoping
from app.settings import Settings


def assemble(
    settings: Settings,
    *,
    graph: GraphStore,
    embedder: Embedder,
    clock: Clock,
    reranker: Reranker | None = None,
) -> Services:
    """The use cases over parts that are open."""
    access, teams = access_of(settings, graph, clock), Teams(store=graph.teams, clock=clock)
    scoping = _scoping(settings, graph)
    memories = _memories(settings, graph, clock, scoping)
    remember = _remember(settings, graph, embedder, clock, scoping)
    recall = _recall(settings, graph, embedder, clock, scoping, reranker)
    return Services(
        remember=remember,
        recall=recall,
        memories=memories,
        history=History(store=graph.history),
        restore=Restore(
            store=graph.history, memories=memories, clock=clock, memory_limit=settings.memory_limit
        ),
        preview=Preview(remember=remember, compare_all=_compare_all(settings)),
        conflicts=Conflicts(store=graph.conflicts, embedder=embedder, clock=clock),
        spaces=_spaces(settings, graph, embedder, clock, recall),
        agents=Agents(store=graph.agents, clock=clock),
        teams=teams,
        invitations=Invitations(store=graph.teams, teams=teams, clock=clock),
        connect=Connect(links=graph.links, clock=clock),
        traverse=Traverse(links=graph.links),
        receipts=Receipts(store=graph.receipts, clock=clock),
        access=access,
        tenant_settings=SettingsByTenant(store=graph.tenant_settings),
        signup=Signup(access=access, is_open=settings.signup),
        health=Health(database=graph.health, embedder=embedder),
    )


def _decay(settings: Settings) -> DecayPolicy:
    return DecayPolicy(curve=settings.decay)


def _memories(settings: Settings, graph: GraphStore, clock: Clock, scoping: Scoping) -> Memories:
    return Memories(
        store=graph.memories,
        scoping=scoping,
        clock=clock,
        decay=_decay(settings),
        memory_limit=settings.memory_limit,
    )


def _scoping(settings: Settings, graph: GraphStore) -> Scoping:
    return Scoping(
        agents=graph.agents,
        teams=graph.teams,
        scopes=graph.scopes,
        implicit_agent_members=settings.implicit_agent_members,
    )


def _judge(settings: Settings) -> Judge:
    if settings.judge is JudgeKind.OFF:
        return judging.decide_by_words
    return partial(judging.decide, policy=_policy(settings), opinion=_opinion(settings))


def _compare_all(settings: Settings) -> CompareAll:
    if settings.judge is JudgeKind.OFF:
        return judging.compare_words
    return partial(judging.compare_all, policy=_policy(settings), opinion=_opinion(settings))


def _opinion(settings: Settings) -> Opinion:
    return judging.no_opinion if settings.judge is JudgeKind.SIMILARITY else judging.compare


def _policy(settings: Settings) -> JudgePolicy:
    return JudgePolicy(
        duplicate_cosine=settings.duplicate_cosine,
        replace_cosine=settings.replace_cosine,
        suspicious_cosine=settings.suspicious_cosine,
    )


def _remember(
    settings: Settings, graph: GraphStore, embedder: Embedder, clock: Clock, scoping: Scoping
) -> Remember:
    return Remember(
        store=graph.memories,
        embedder=embedder,
        clock=clock,
        scoping=scoping,
        settings=graph.tenant_settings,
        judge=_judge(settings),
        memory_limit=settings.memory_limit,
    )


def _recall(
    settings: Settings,
    graph: GraphStore,
    embedder: Embedder,
    clock: Clock,
    scoping: Scoping,
    reranker: Reranker | None,
) -> Recall:
    decay = _decay(settings)
    return Recall(
        index=graph.recall,
        search_index=graph.search,
        memories=graph.memories,
        spaces=graph.spaces,
        embedder=embedder,
        clock=clock,
        scoping=scoping,
        blend=BlendPolicy(decay=decay),
        policy=RecallPolicy(decay=decay),
        reranker=reranker,
    )


def _spaces(
    settings: Settings, graph: GraphStore, embedder: Embedder, clock: Clock, recall: Recall
) -> Spaces:
    return Spaces(
        spaces=graph.spaces,
        memories=graph.memories,
        recall=recall,
        embedder=embedder,
        clock=clock,
        judge=partial(judging.judge, policy=replace(_policy(settings), merges_fuller=False)),
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
