"""Which texts go through the model next."""

import asyncio
from collections.abc import Sequence

import numpy as np
import pytest

from app.embedding.queueing import BatchPolicy, Chunk, Request, WaitingRequests

POLICY = BatchPolicy(chunk_texts=4, chunk_characters=400, small_request_texts=2, waiting_texts=100)


def request(texts: Sequence[str]) -> Request:
    return Request(texts, answer=asyncio.get_running_loop().create_future())


def texts_of(chunk: Chunk) -> list[str]:
    return [text for part in chunk for text in part.texts]


async def test_nothing_waits_so_the_chunk_is_empty():
    assert WaitingRequests(POLICY).next_chunk() == []


async def test_small_requests_that_wait_together_share_a_chunk():
    waiting = WaitingRequests(POLICY)
    for text in ("a", "b", "c"):
        waiting.add(request([text]))

    assert texts_of(waiting.next_chunk()) == ["a", "b", "c"]


async def test_a_chunk_holds_no_more_texts_than_the_policy_says():
    waiting = WaitingRequests(POLICY)
    for number in range(9):
        waiting.add(request([str(number)]))

    assert [len(texts_of(waiting.next_chunk())) for _ in range(4)] == [4, 4, 1, 0]


async def test_a_chunk_of_long_texts_is_cut_by_characters():
    waiting = WaitingRequests(POLICY)
    waiting.add(request(["x" * 150] * 3))

    assert [len(texts_of(waiting.next_chunk())) for _ in range(3)] == [2, 1, 0]


async def test_a_text_longer_than_a_chunk_goes_alone():
    waiting = WaitingRequests(POLICY)
    waiting.add(request(["x" * 9_000, "y" * 9_000]))

    assert [len(texts_of(waiting.next_chunk())) for _ in range(3)] == [1, 1, 0]


async def test_a_small_request_overtakes_a_large_one_that_has_begun():
    waiting = WaitingRequests(POLICY)
    waiting.add(request([f"large {number:02}" for number in range(12)]))
    waiting.next_chunk()
    waiting.add(request(["search"]))

    assert texts_of(waiting.next_chunk()) == ["search"]


async def test_a_large_request_gets_every_second_chunk_while_searches_keep_coming():
    waiting = WaitingRequests(POLICY)
    waiting.add(request([f"large {number:02}" for number in range(12)]))
    large_chunks = 0
    for _ in range(6):
        waiting.add(request(["search"]))
        large_chunks += texts_of(waiting.next_chunk())[0].startswith("large")

    assert large_chunks == 3


async def test_large_requests_are_served_in_order_of_arrival():
    waiting = WaitingRequests(POLICY)
    waiting.add(request(["a"] * 6))
    waiting.add(request(["b"] * 6))

    chunks = [texts_of(waiting.next_chunk()) for _ in range(3)]
    assert ["".join(chunk) for chunk in chunks] == ["aaaa", "aabb", "bbbb"]


async def test_a_caller_that_has_gone_costs_nothing():
    waiting = WaitingRequests(POLICY)
    gone = request(["gone"])
    waiting.add(gone)
    waiting.add(request(["here"]))
    gone.answer.cancel()

    assert waiting.texts == 1
    assert texts_of(waiting.next_chunk()) == ["here"]


async def test_rows_come_back_in_the_order_of_the_texts_though_short_ones_go_first():
    one = request(["333", "1", "4444", "22"])
    handed_out = [one.take() for _ in range(4)]
    lengths = np.array([[len(text)] for text in handed_out], dtype=np.float32)
    one.give(lengths[:3])
    one.give(lengths[3:])

    assert handed_out == ["1", "22", "333", "4444"]
    assert one.answer.result().ravel().tolist() == [3, 1, 4, 2]


async def test_a_policy_without_room_is_refused():
    with pytest.raises(ValueError, match="must be positive"):
        BatchPolicy(chunk_texts=0)
