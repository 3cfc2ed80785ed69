"""The real model: meaning, repeatability, and that it needs no network."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from app.embedding import encoder, open_embedder, weights
from app.errors import ModelInvalid
from app.ports import Embedder

WITHOUT_NETWORK = """
import asyncio, json, sys

tried = []
def forbid(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        tried.append(event)
        raise OSError("no network in this test")
sys.addaudithook(forbid)

from app.embedding import open_embedder
from app.errors import ModelInvalid

async def embed(model):
    try:
        async with open_embedder(model=model) as embedder:
            return (await embedder.embed(["Lives in Paris"])).shape[1]
    except ModelInvalid as error:
        return str(error)

answer = asyncio.run(embed(sys.argv[1] if len(sys.argv) > 1 else None))
print(json.dumps({"answer": answer, "tried": bool(tried)}))
"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def embedder() -> AsyncGenerator[Embedder]:
    async with open_embedder() as opened:
        yield opened


def run_without_network(tmp_path: Path, *arguments: str) -> dict[str, object]:
    """What the script prints in a process of its own, with an empty cache and every connection refused."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK, *arguments],
        env=environment | {"HF_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    assert done.stderr == "", "loading must be silent"
    return json.loads(done.stdout)


async def test_the_model_names_its_weights(embedder: Embedder):
    assert embedder.model.name == "sentence-transformers/all-MiniLM-L6-v2"
    assert embedder.model.dimensions == 384
    assert embedder.model.digest == weights.BUNDLED_DIGEST


async def test_rows_are_float32_unit_vectors_in_the_order_of_the_texts(embedder: Embedder):
    texts = ["a long text " * 30, "tea", "Prefers Python over JavaScript"]
    rows = await embedder.embed(texts)
    alone = [(await embedder.embed([text]))[0] for text in texts]

    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1], abs=1e-5)
    assert [int(np.argmax(rows @ one)) for one in alone] == [0, 1, 2]


async def test_a_text_has_one_vector_alone_and_among_others(embedder: Embedder):
    texts = [f"Fact {number}: " + "likes tea and long walks " * (number % 7) for number in range(100)]
    together = await embedder.embed(texts)
    alone = np.concatenate([await embedder.embed([text]) for text in texts[:10]])

    assert np.sum(alone * together[:10], axis=1).min() > 0.99999


@pytest.mark.parametrize(
    ("one", "other", "cosine"),
    [
        (
            "What database does the team use?",
            "The company's production database is PostgreSQL 16 running on RDS in us-east-1. "
            "Connection pooling uses PgBouncer.",
            0.433,
        ),
        ("what is my name?", "User's name is Dana", 0.359),
        ("authentication migration", "Sprint 14 goal: migrate auth service to OAuth 2.1", 0.512),
        ("authentication migration", "User's favorite restaurant is Sushi Nakazawa", 0.014),
        ("Lives in New York", "Lives in New York City", 0.981),
        ("Lives in New York", "Lives in San Francisco", 0.663),
    ],
)
async def test_cosines_are_those_of_the_published_model(
    embedder: Embedder, one: str, other: str, cosine: float
):
    rows = await embedder.embed([one, other])

    assert float(rows[0] @ rows[1]) == pytest.approx(cosine, abs=0.001)


async def test_a_text_longer_than_the_model_reads_counts_by_its_beginning(embedder: Embedder):
    beginning = "word " * 300
    rows = await embedder.embed([beginning, beginning + "and a quite different end about databases"])

    assert float(rows[0] @ rows[1]) > 0.99999


def test_the_default_model_loads_without_any_network(tmp_path: Path):
    assert run_without_network(tmp_path) == {"answer": 384, "tried": False}


def test_a_hub_name_without_network_says_what_to_do(tmp_path: Path):
    outcome = run_without_network(tmp_path, "sentence-transformers/paraphrase-MiniLM-L3-v2")

    assert outcome["tried"]
    assert "could not be fetched from the hub" in str(outcome["answer"])
    assert "Check the name and the network" in str(outcome["answer"])


async def test_a_copy_of_the_model_in_another_folder_has_the_same_digest_and_vectors(
    embedder: Embedder, tmp_path: Path
):
    copy = tmp_path / "copied-model"
    copy.symlink_to(weights.bundled().folder)
    async with open_embedder(model=str(copy)) as other:
        assert other.model.digest == embedder.model.digest
        assert np.allclose(await other.embed(["tea"]), await embedder.embed(["tea"]))


def test_files_that_make_up_no_model_are_refused_with_the_folder_and_the_reason(tmp_path: Path):
    (tmp_path / "modules.json").write_text("this is not JSON")
    files = weights.ModelFiles(name="broken", folder=tmp_path, digest="0" * 64)

    with pytest.raises(ModelInvalid, match=f"{tmp_path} cannot be loaded"):
        encoder.load(files)
