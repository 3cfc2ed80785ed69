"""Scores of the PersistMemory surface with the model that comes with Loci, as the contract asks for them."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from app.embedding import curve_of, open_embedder
from app.ports import Embedder

POSTGRES = (
    "The company's production database is PostgreSQL 16 running on RDS in us-east-1. "
    "Connection pooling uses PgBouncer."
)
PREFERENCES = (
    "User prefers concise answers with code examples. They work primarily in Python and deploy to AWS Lambda."
)
SPRINT = "Sprint 14 goal: migrate auth service to OAuth 2.1"
SUSHI = "User's favorite restaurant is Sushi Nakazawa"
PAIRS = Path(__file__).parents[3] / "scripts" / "calibration_pairs.json"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def embedder() -> AsyncGenerator[Embedder]:
    async with open_embedder() as opened:
        yield opened


async def score(embedder: Embedder, query: str, memory: str) -> float:
    """The score as it is shown."""
    one, other = await embedder.embed([query, memory])
    return round(curve_of(embedder.model).score(float(one @ other)), 4)


@pytest.mark.parametrize(
    ("query", "memory", "low", "high"),
    [
        ("What database does the team use?", POSTGRES, 0.8, 1.0),
        ("What database does the team use?", PREFERENCES, 0.0, 0.6),
        ("what is my name?", "User's name is Dana", 0.6, 1.0),
        ("authentication migration", SPRINT, 0.6, 1.0),
        ("dinner recommendations", SUSHI, 0.6, 1.0),
        ("authentication migration", SUSHI, 0.0, 0.6),
        ("dinner recommendations", SPRINT, 0.0, 0.6),
    ],
)
async def test_the_required_scores(
    embedder: Embedder, query: str, memory: str, low: float, high: float
) -> None:
    assert low < await score(embedder, query, memory) < high


@pytest.mark.parametrize("text", [POSTGRES, PREFERENCES, SPRINT, SUSHI, "tea", "東京に住む", POSTGRES * 100])
async def test_a_text_scores_highest_for_its_own_words(embedder: Embedder, text: str) -> None:
    assert await score(embedder, text, text) > 0.95


async def test_the_database_comes_first_for_a_query_without_its_words(embedder: Embedder) -> None:
    wanted, other = [await score(embedder, "database setup", text) for text in (POSTGRES, PREFERENCES)]
    assert wanted > other


@pytest.mark.parametrize(("match", "bound", "share"), [("strong", 0.8, 0.95), ("related", 0.6, 0.65)])
async def test_most_matching_pairs_score_above_their_bound(
    embedder: Embedder, match: str, bound: float, share: float
) -> None:
    assert np.mean(await scores_of_pairs(embedder, match) > bound) >= share


async def test_unrelated_pairs_score_below_what_agents_keep(embedder: Embedder) -> None:
    assert np.mean(await scores_of_pairs(embedder, "unrelated") < 0.6) >= 0.99


async def scores_of_pairs(embedder: Embedder, match: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """The scores of all pairs of that kind that the curve was fitted on."""
    entries = json.loads(PAIRS.read_text(encoding="utf-8"))
    pairs = [(query, entry["memory"]) for entry in entries for query in entry[match]]
    queries = await embedder.embed([query for query, _ in pairs])
    memories = await embedder.embed([memory for _, memory in pairs])
    cosines = (queries * memories).sum(axis=1)
    return np.array([curve_of(embedder.model).score(float(one)) for one in cosines])
