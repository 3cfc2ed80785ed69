"""Recall over the real database with a real cross-encoder, joined as a service joins them."""

from pathlib import Path

from app import wiring
from app.embedding import DeterministicEmbedder
from app.graph.store import GraphStore
from app.services.recall import RecallRequest, ScopeWanted
from app.services.remember import Draft
from app.settings import Settings
from tests import cross_encoders, remembered
from tests.fakes import FakeClock

TENANT = "reranked"


async def test_the_reranker_of_the_settings_reads_what_recall_found(
    graph: GraphStore, tmp_path: Path
) -> None:
    settings = Settings(reranker_model=str(cross_encoders.folder(tmp_path)))
    embedder = DeterministicEmbedder(dimensions=remembered.MODEL.dimensions)
    async with wiring.open_reranker(settings) as reranker:
        services = wiring.assemble(
            settings, graph=graph, embedder=embedder, clock=FakeClock(), reranker=reranker
        )
        drafts = [Draft(user_id="ann", text=text) for text in ("Likes tea", "Plays the cello")]
        await services.remember.many(drafts, tenant_id=TENANT)
        answer = await services.recall.recall(
            RecallRequest(tenant_id=TENANT, query="tea", scopes=[ScopeWanted(user_id="ann")])
        )
    assert answer.degraded == []
    assert len(answer.hits) == 2
    assert None not in {hit.reranked for hit in answer.hits}
