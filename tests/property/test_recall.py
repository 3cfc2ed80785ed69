"""Recall: the order hangs on what was found alone, and every number stays in its bounds."""

import dataclasses
import json
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.domain.recall import (
    Found,
    Likeness,
    Reached,
    RecallPolicy,
    RouteKind,
    fusion,
    lookalikes,
    prompt,
    terms,
)
from app.domain.recall.fusion import Pool
from tests.unit.domain import making

POLICY = RecallPolicy()
NAMES = ["", "Ann", "Bob"]


@st.composite
def pools(draw: st.DrawFn) -> Pool:
    ids = [f"m{number:02}" for number in range(draw(st.integers(1, 12)))]
    found = [
        Found(
            memory=dataclasses.replace(
                making.memory(one, age_days=draw(st.floats(0, 400))), speaker=draw(st.sampled_from(NAMES))
            ),
            cosine=draw(st.floats(-1, 1)),
        )
        for one in ids
    ]
    words = {one: draw(st.floats(0.01, 20)) for one in ids if draw(st.booleans())}
    reached = [
        Reached(
            memory_id=draw(st.sampled_from(ids)),
            seed_id=draw(st.sampled_from([*ids, None])),
            kind=RouteKind.LINK,
            via="about",
            strength=draw(st.floats(0, 1)),
        )
        for _ in range(draw(st.integers(0, 6)))
    ]
    return Pool(found=found, words=words, reached=reached)


@given(pool=pools(), random=st.randoms(use_true_random=False))
def test_the_order_of_what_was_found_does_not_matter(pool: Pool, random: Random) -> None:
    shuffled = random.sample(list(pool.found), len(pool.found))
    other = dataclasses.replace(pool, found=shuffled)
    ranked = [fusion.rank(one, question="ann", now=making.NOW, policy=POLICY) for one in (pool, other)]
    assert ranked[0] == ranked[1]


@given(pool=pools(), question=st.sampled_from(["ann", "tea"]))
def test_every_number_is_between_0_and_1_and_scores_fall(pool: Pool, question: str) -> None:
    hits = fusion.rank(pool, question=question, now=making.NOW, policy=POLICY)
    assert {hit.memory.id for hit in hits} == {one.memory.id for one in pool.found}
    assert all(0 <= value <= 1 + 1e-9 for hit in hits for value in (hit.score, hit.similarity, hit.decay))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@given(pool=pools())
def test_age_moves_a_memory_by_no_more_than_its_weight(pool: Pool) -> None:
    total = POLICY.vector_weight + POLICY.words_weight + POLICY.graph_weight + POLICY.speaker_weight
    ageless = dataclasses.replace(POLICY, decay_weight=0.0)
    with_age = fusion.rank(pool, question="tea", now=making.NOW, policy=POLICY)
    without = {
        hit.memory.id: hit.score * total
        for hit in fusion.rank(pool, question="tea", now=making.NOW, policy=ageless)
    }
    for hit in with_age:
        gained = hit.score * (total + POLICY.decay_weight) - without[hit.memory.id]
        assert -1e-9 <= gained <= POLICY.decay_weight + 1e-9


@given(pool=pools(), cosines=st.lists(st.floats(-1, 1), min_size=66, max_size=66))
def test_lifting_newer_ones_loses_and_invents_nothing(pool: Pool, cosines: list[float]) -> None:
    hits = fusion.rank(pool, question="tea", now=making.NOW + timedelta(days=1), policy=POLICY)
    ids = sorted(hit.memory.id for hit in hits)
    pairs = [(one, other) for one in ids for other in ids if one < other]
    likenesses = [
        Likeness(one_id=one, other_id=other, cosine=cosine)
        for (one, other), cosine in zip(pairs, cosines, strict=False)
    ]
    lifted = lookalikes.newer_first(hits, likenesses, policy=POLICY)
    assert sorted(hit.memory.id for hit in lifted) == ids
    before = {hit.memory.id: hit.score for hit in hits}
    assert all(0 <= hit.score - before[hit.memory.id] <= POLICY.alike_gap + 1e-9 for hit in lifted)


@given(text=st.text(max_size=200))
def test_terms_of_any_text_can_be_looked_up(text: str) -> None:
    asked = terms.of_question(text)
    assert all(word.isalnum() for word in asked.values())
    assert set(asked) <= set(terms.of_text(text))


@given(text=st.text(max_size=300))
def test_any_text_stays_on_one_line_in_its_quotes(text: str) -> None:
    written = prompt.quoted(text)
    assert len(written.splitlines()) == 1
    assert isinstance(json.loads(written), str)
