"""The calls about spaces. Each function is a method of `spaces` of both clients, docstring included.

A space is addressed by its name, any text of 1 to 200 characters; the first text stored in it makes it.
"""

from collections.abc import Mapping

from loci_client import decode
from loci_client.addresses import segment
from loci_client.call import Call, body_of, nothing, parameters
from loci_client.space_models import FoundSpaceMemory, Space, SpaceMemory, SpacePage
from loci_client.walking import Walk

LARGEST_PAGE = 1000


def store(
    space: str,
    text: str,
    *,
    title: str | None = None,
    metadata: Mapping[str, object] | None = None,
    idempotency_key: str | None = None,
) -> Call[SpaceMemory]:
    """Remember a text in a space, or find that it is there already: then the answer is what is there.

    Without a title, the text's beginning is one. Raises: LociError.
    """
    return Call(
        method="POST",
        path="/mcp/addMemory",
        body=body_of(space=space, text=text, title=title, metadata=metadata),
        idempotency_key=idempotency_key,
        read=lambda answer: decode.decode(SpaceMemory, answer),
    )


def search(
    space: str, query: str, *, limit: int | None = None, metadata: Mapping[str, object] | None = None
) -> Call[tuple[FoundSpaceMemory, ...]]:
    """Find texts of a space by meaning, best first; at most 100, 5 when not said.

    With `metadata`, only texts whose own has all these members. Raises: LociError.
    """
    return Call(
        method="POST",
        path="/mcp/search",
        body=body_of(space=space, q=query, top_k=limit, filter=metadata),
        only_reads=True,
        read=lambda answer: decode.decode_items(FoundSpaceMemory, answer, "memories"),
    )


def list_memories(space: str, *, limit: int | None = None) -> Call[tuple[SpaceMemory, ...]]:
    """List the newest texts of a space; at most 100, 20 when not said. Raises: LociError."""
    return Call(
        method="GET",
        path="/mcp/fetchMessages",
        query=parameters(space=space, limit=limit),
        read=lambda answer: decode.decode_items(SpaceMemory, answer, "memories"),
    )


def get_memory(memory_id: str) -> Call[SpaceMemory]:
    """Read one text of a space. Raises: LociError."""
    return Call(method="GET", path=_memory(memory_id), read=lambda answer: decode.decode(SpaceMemory, answer))


def delete_memory(memory_id: str) -> Call[None]:
    """Forget one text; its space stays, even when empty. Raises: LociError."""
    return Call(method="DELETE", path=_memory(memory_id), read=nothing)


def list_page(*, limit: int | None = None, offset: int | None = None) -> Call[SpacePage]:
    """List one page of the spaces, by name; at most 1000, 100 when not said. Raises: LociError."""
    return Call(
        method="GET",
        path="/spaces",
        query=parameters(limit=limit, offset=offset),
        read=lambda answer: decode.decode(SpacePage, answer),
    )


def list_all(*, page_size: int = LARGEST_PAGE) -> Walk[Space]:
    """Iterate over all spaces, by name, each once; pages are fetched when needed.

    Deleting spaces while iterating is fine. Raises: LociError.
    """
    return Walk(lambda offset: list_page(limit=page_size, offset=offset))


def delete(space: str) -> Call[None]:
    """Remove a space, named by its id or name, together with all its texts. Raises: LociError."""
    return Call(method="DELETE", path=f"/spaces/{segment(space)}", read=nothing)


def _memory(memory_id: str) -> str:
    return f"/mcp/memories/{segment(memory_id)}"
