"""From an empty database to the current schema, and the databases that are refused."""

import asyncio
import dataclasses
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import LiteralString

import pytest

from app.domain.models import EmbeddingModel, Scope
from app.errors import DatabaseNotStarted, IncompatibleStore
from app.graph import cypher_files, store
from app.graph.config import GraphConfig
from app.graph.store import GraphStore
from app.ports import NearestQuery
from tests import remembered
from tests.fakes import FakeClock
from tests.raw_cypher import RawCypher

_NEWEST = 10


def unheard(step: str) -> None:
    """Nobody watches the steps."""


@pytest.fixture
async def empty(graph: GraphStore, raw: RawCypher) -> AsyncGenerator[RawCypher]:
    """A database without schema; afterwards it has the schema that other tests rely on."""
    await raw.wipe()
    yield raw
    await raw.wipe()
    await graph.migrate(remembered.MODEL, report=unheard)


@pytest.fixture
def own_files(tmp_path: Path) -> Path:
    """A copy of the Cypher files, to be changed."""
    return Path(shutil.copytree(cypher_files.default_directory(), tmp_path / "cypher"))


async def migrate(
    config: GraphConfig, model: EmbeddingModel = remembered.MODEL, *, directory: Path | None = None
) -> list[str]:
    """Open a store of its own, migrate, and return what was reported."""
    steps: list[str] = []
    if directory is not None:
        config = dataclasses.replace(config, cypher_directory=directory)
    async with store.open_store(config, clock=FakeClock()) as opened:
        await opened.migrate(model, report=steps.append)
    return steps


async def schema_refusal(config: GraphConfig, directory: Path) -> str | None:
    """What a description of the database says against its schema; readiness has to say the same."""
    config = dataclasses.replace(config, cypher_directory=directory)
    async with store.open_store(config, clock=FakeClock()) as opened:
        refusal = (await opened.health.describe()).schema_refusal
        (check,) = [one for one in await opened.health.readiness() if one.name == "schema"]
    assert (check.ok, check.detail) == (False, refusal)
    return refusal


async def ledger(raw: RawCypher) -> list[int]:
    return [row["v"] for row in await raw.run("MATCH (m:SchemaMigration) RETURN m.version AS v ORDER BY v")]


async def test_an_empty_database_gets_every_file_once(empty: RawCypher, graph_config: GraphConfig) -> None:
    first = await migrate(graph_config)
    assert [step for step in first if step.startswith("Preparing")] == [
        "Preparing the database: ledger",
        "Preparing the database: access",
        "Preparing the database: memories",
        "Preparing the database: memory embedding",
        "Preparing the database: memory text",
        "Preparing the database: links",
        "Preparing the database: people",
        "Preparing the database: receipts",
        "Preparing the database: conflicts",
        "Preparing the database: recall",
    ]
    assert await migrate(graph_config) == []
    assert await ledger(empty) == [*range(1, _NEWEST + 1)]


async def test_processes_that_start_together_apply_each_file_once(
    empty: RawCypher, graph_config: GraphConfig
) -> None:
    reports = await asyncio.gather(*(migrate(graph_config) for _ in range(4)))
    prepared = [step for steps in reports for step in steps if step.startswith("Preparing")]
    assert len(prepared) == _NEWEST
    assert await ledger(empty) == [*range(1, _NEWEST + 1)]
    models = await empty.run("MATCH (m:EmbeddingModel) RETURN count(m) AS models")
    assert models == [{"models": 1}]


async def test_a_start_cut_short_is_finished_by_the_next(empty: RawCypher, graph_config: GraphConfig) -> None:
    await migrate(graph_config)
    await empty.run("MATCH (m:SchemaMigration) WHERE m.version > 2 DELETE m")
    await empty.run("MATCH (m:EmbeddingModel) DELETE m")
    await empty.run("DROP INDEX memory_words")
    await migrate(graph_config)
    assert await ledger(empty) == [*range(1, _NEWEST + 1)]
    assert await empty.run("SHOW INDEXES YIELD name WHERE name = 'memory_words' RETURN name")


@pytest.mark.parametrize(
    ("drop", "name"),
    [
        ("DROP INDEX memory_embedding", "memory_embedding"),
        ("DROP INDEX memory_words", "memory_words"),
        ("DROP CONSTRAINT memory_id", "memory_id"),
        ("DROP CONSTRAINT write_lock_key", "write_lock_key"),
    ],
)
async def test_what_was_dropped_is_reported_and_made_again_by_the_next_start(
    graph: GraphStore, graph_config: GraphConfig, raw: RawCypher, drop: LiteralString, name: str
) -> None:
    try:
        await raw.run(drop)
        (found,) = [check for check in await graph.health.readiness() if check.name == "indexes"]
        described = await graph.health.describe()
    finally:
        await migrate(graph_config)
    assert (found.ok, described.missing_indexes) == (False, [name])
    assert f"{name} is missing" in found.detail
    assert (await graph.health.describe()).missing_indexes == []
    assert all(check.ok for check in await graph.health.readiness())


async def test_an_index_that_a_later_file_drops_is_neither_missed_nor_made_again(
    graph: GraphStore, graph_config: GraphConfig, raw: RawCypher
) -> None:
    shown = "SHOW INDEXES YIELD name WHERE name STARTS WITH 'memory_' RETURN collect(name) AS names"
    await raw.run("DROP INDEX memory_words")
    assert (await graph.health.describe()).missing_indexes == ["memory_words"]
    steps = await migrate(graph_config)
    (row,) = await raw.run(shown)
    assert "Making again what was dropped: memory_words" in steps
    assert ("memory_words" in row["names"], "memory_text" in row["names"]) == (True, False)


async def test_an_older_database_loses_the_index_that_a_new_file_drops(
    empty: RawCypher, graph_config: GraphConfig
) -> None:
    await migrate(graph_config)
    await empty.run("MATCH (m:SchemaMigration {version: 10}) DELETE m")
    await empty.run("CREATE FULLTEXT INDEX memory_text FOR (m:Memory) ON EACH [m.text]")
    await migrate(graph_config)
    assert await empty.run("SHOW INDEXES YIELD name WHERE name = 'memory_text' RETURN name") == []


async def test_memories_are_found_again_by_the_vector_index_that_was_made_again(
    graph: GraphStore, graph_config: GraphConfig, raw: RawCypher, scope: Scope
) -> None:
    memory = remembered.memory(scope)
    await remembered.store(graph.memories, scope, memory, vectors=[remembered.axis(0)])
    await raw.run("DROP INDEX memory_embedding")
    steps = await migrate(graph_config)
    found = await graph.search.nearest(
        NearestQuery(tenant_id=scope.tenant_id, scope_ids=[scope.id], vector=remembered.axis(0), limit=10)
    )
    assert "Making again what was dropped: memory_embedding" in steps
    assert [one.memory.id for one in found] == [memory.id]


async def test_processes_that_start_together_make_what_was_dropped_once(
    graph: GraphStore, graph_config: GraphConfig, raw: RawCypher
) -> None:
    await raw.run("DROP INDEX memory_by_age")
    reports = await asyncio.gather(*(migrate(graph_config) for _ in range(4)))
    made = [step for steps in reports for step in steps if step.startswith("Making again")]
    assert made == ["Making again what was dropped: memory_by_age"]


async def test_an_edited_schema_file_is_refused(
    empty: RawCypher, graph_config: GraphConfig, own_files: Path
) -> None:
    await migrate(graph_config)
    file = own_files / "schema" / "0002_access.cypher"
    file.write_text(file.read_text() + "// one comment more\n")
    with pytest.raises(IncompatibleStore, match=r"0002_access\.cypher .* restore it") as refused:
        await migrate(graph_config, directory=own_files)
    assert await schema_refusal(graph_config, own_files) == str(refused.value)


async def test_a_database_of_a_newer_loci_is_refused(
    empty: RawCypher, graph_config: GraphConfig, own_files: Path
) -> None:
    await migrate(graph_config)
    (own_files / "schema" / "0010_recall.cypher").unlink()
    with pytest.raises(IncompatibleStore, match=r"newer Loci \(schema 10, recall\).*update Loci") as refused:
        await migrate(graph_config, directory=own_files)
    assert await schema_refusal(graph_config, own_files) == str(refused.value)


async def test_a_new_schema_file_is_added_to_an_older_database(
    empty: RawCypher, graph_config: GraphConfig, own_files: Path
) -> None:
    await migrate(graph_config)
    (own_files / "schema" / f"{_NEWEST + 1:04}_more.cypher").write_text(
        "// One index more.\n// access: schema\n// params: none\n// returns: none\n"
        "CYPHER 25 CREATE INDEX more IF NOT EXISTS FOR (m:Memory) ON (m.source);\n"
    )
    assert "Preparing the database: more" in await migrate(graph_config, directory=own_files)
    assert await ledger(empty) == [*range(1, _NEWEST + 2)]


@pytest.mark.parametrize(
    "other",
    [
        dataclasses.replace(remembered.MODEL, name="another"),
        dataclasses.replace(remembered.MODEL, dimensions=768),
        dataclasses.replace(remembered.MODEL, digest="0" * 64),
    ],
    ids=["name", "dimensions", "weights"],
)
async def test_another_embedding_model_is_refused(
    graph: GraphStore, graph_config: GraphConfig, other: EmbeddingModel
) -> None:
    with pytest.raises(IncompatibleStore, match=r"deterministic-384.*LOCI_EMBEDDING_MODEL.*LOCI_DATA_DIR"):
        await migrate(graph_config, other)


async def test_of_two_models_that_start_together_one_is_refused(
    empty: RawCypher, graph_config: GraphConfig
) -> None:
    models = [dataclasses.replace(remembered.MODEL, name=name) for name in ("one", "two")]
    outcomes = await asyncio.gather(
        *(migrate(graph_config, model) for model in models), return_exceptions=True
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["IncompatibleStore", "list"]


async def test_the_vector_index_has_the_length_of_the_models_vectors(
    empty: RawCypher, graph_config: GraphConfig
) -> None:
    await migrate(graph_config, EmbeddingModel(name="wide", dimensions=1024, digest="0" * 64))
    (row,) = await empty.run(
        "SHOW INDEXES YIELD name, options WHERE name = 'memory_embedding' RETURN options"
    )
    assert row["options"]["indexConfig"]["vector.dimensions"] == 1024


async def test_a_database_before_its_first_start_is_not_ready(empty: RawCypher, graph: GraphStore) -> None:
    checks = {check.name: check.ok for check in await graph.health.readiness()}
    assert checks == {"database": True, "schema": False, "indexes": True}


async def test_a_description_names_server_schema_model_and_counts(graph: GraphStore) -> None:
    found = await graph.health.describe()
    assert (found.edition, found.schema_version, found.newest_schema_version) == (
        "community",
        _NEWEST,
        _NEWEST,
    )
    assert found.version.startswith("2026.")
    assert found.embedding_model == remembered.MODEL
    assert set(found.index_states.values()) == {"ONLINE"}
    assert set(found.nodes) == {"ApiKey", "Memory", "Scope", "Tenant"}


async def test_a_wrong_password_is_refused_with_advice(graph_config: GraphConfig) -> None:
    wrong = dataclasses.replace(graph_config, password="wrong-password")
    with pytest.raises(DatabaseNotStarted, match="NEO4J_PASSWORD"):
        await migrate(wrong)


async def test_a_database_that_is_not_there_is_refused_with_advice(graph_config: GraphConfig) -> None:
    elsewhere = dataclasses.replace(graph_config, database="elsewhere")
    with pytest.raises(DatabaseNotStarted, match="correct NEO4J_URI"):
        await migrate(elsewhere)


@pytest.mark.parametrize("uri", ["bolt://127.0.0.1:1", "http://127.0.0.1:7687", "nonsense"])
async def test_an_address_where_no_neo4j_answers_is_refused_with_advice(uri: str) -> None:
    config = GraphConfig(uri=uri, username="neo4j", password="any")
    with pytest.raises(DatabaseNotStarted, match="NEO4J_URI"):
        await migrate(config)
