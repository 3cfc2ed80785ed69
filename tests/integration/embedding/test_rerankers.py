"""A real cross-encoder of chance, loaded as a user's would be."""

import os
import subprocess
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio

from app import embedding, wiring
from app.cli import doctor
from app.errors import ModelInvalid
from app.local_neo4j import SILENT
from app.ports import Reranker
from app.settings import Settings
from tests import cross_encoders

TEXTS = ["She likes tea and milk", "the cello", "milk", "She plays the cello and the cello"]
QUESTION = "What does she like?"

WITHOUT_NETWORK = """
import asyncio, sys

def forbid(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        raise SystemExit("the network was tried")
sys.addaudithook(forbid)

from app.embedding import open_reranker

async def scores():
    async with open_reranker(model=sys.argv[1]) as reranker:
        return await reranker.scores("What does she like?", ["tea", "milk"])

print(len(asyncio.run(scores())))
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cross_encoders.folder(tmp_path_factory.mktemp("reranker"))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def reranker(model: Path) -> AsyncGenerator[Reranker]:
    async with embedding.open_reranker(model=str(model)) as opened:
        yield opened


async def test_scores_lie_between_0_and_1_also_where_the_model_gives_logits(reranker: Reranker) -> None:
    scores = await reranker.scores(QUESTION, TEXTS)
    assert len(scores) == len(TEXTS)
    assert all(0 <= score <= 1 for score in scores)
    assert len(set(scores)) == len(TEXTS)


async def test_a_text_has_one_score_alone_and_among_others(reranker: Reranker) -> None:
    together = await reranker.scores(QUESTION, TEXTS * 5)
    alone = [(await reranker.scores(QUESTION, [text]))[0] for text in TEXTS]
    assert list(together) == pytest.approx(alone * 5, abs=1e-4)


async def test_the_question_counts(reranker: Reranker) -> None:
    assert await reranker.scores(QUESTION, TEXTS) != await reranker.scores("the cello", TEXTS)


async def test_long_empty_and_foreign_texts_are_read(reranker: Reranker) -> None:
    assert len(await reranker.scores("What? " * 2_000, ["tea " * 5_000, "", "東京に住む"])) == 3


async def test_a_model_that_gives_classes_is_refused(tmp_path: Path) -> None:
    folder = cross_encoders.folder(tmp_path, labels=3)
    with pytest.raises(ModelInvalid, match="cannot be used: The reranker made no number"):
        async with embedding.open_reranker(model=str(folder)):
            pass


async def test_an_embedding_model_is_refused(tmp_path: Path) -> None:
    folder = cross_encoders.folder(tmp_path, architecture="BertModel")
    with pytest.raises(ModelInvalid, match="no cross-encoder"):
        async with embedding.open_reranker(model=str(folder)):
            pass


def test_loading_is_silent_and_needs_no_network(model: Path, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_NETWORK, str(model)],
        env=environment | {"HF_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "2\n", "")


async def test_no_reranker_is_opened_unless_one_is_set(model: Path) -> None:
    async with wiring.open_reranker(Settings()) as none:
        assert none is None
    async with wiring.open_reranker(Settings(reranker_model=str(model))) as opened:
        assert opened is not None
        assert len(await opened.scores(QUESTION, ["tea"])) == 1


def test_doctor_looks_at_the_reranker_only_where_one_is_set(model: Path, tmp_path: Path) -> None:
    def found(reranker_model: str | None) -> list[tuple[bool, str]]:
        settings = Settings(
            data_dir=tmp_path / "data", cache_dir=tmp_path, offline=True, reranker_model=reranker_model
        )
        looked_at = doctor.examine(settings, SILENT)
        return [(one.ok, one.remedy or one.detail) for one in looked_at if one.name == "reranker"]

    assert found(None) == []
    ((ok, detail),) = found(str(model))
    assert (ok, model.name in detail) == (True, True)
    ((ok, remedy),) = found(str(tmp_path / "none"))
    assert (ok, "LOCI_RERANKER_MODEL" in remedy) == (False, True)
