"""The calls that list a user's memories. Each function is a method of both clients, docstring included."""

from loci_client import decode
from loci_client.call import Call, parameters
from loci_client.models import ListedMemory, MemoryPage, Visibility
from loci_client.walking import Walk

LARGEST_PAGE = 100


def list_page(
    user_id: str,
    *,
    limit: int | None = None,
    offset: int | None = None,
    namespace: str | None = None,
    visibility: Visibility | None = None,
    team_id: str | None = None,
    source: str | None = None,
) -> Call[MemoryPage]:
    """List one page of a user's memories, newest first; at most 100, 20 when not said.

    With `team_id` the team's memories are listed as well. Raises: LociError.
    """
    return Call(
        method="GET",
        path="/v1/memories",
        query=parameters(
            user_id=user_id,
            limit=limit,
            offset=offset,
            namespace=namespace,
            visibility=visibility,
            team_id=team_id,
            source=source,
        ),
        read=lambda answer: decode.decode(MemoryPage, answer),
    )


def list_all(
    user_id: str,
    *,
    page_size: int = LARGEST_PAGE,
    namespace: str | None = None,
    visibility: Visibility | None = None,
    team_id: str | None = None,
    source: str | None = None,
) -> Walk[ListedMemory]:
    """Iterate over all of a user's memories, newest first, each once; pages are fetched when needed.

    Deleting memories while iterating is fine. With `team_id` the team's memories come as well.
    Raises: LociError.
    """

    def page_at(offset: int) -> Call[MemoryPage]:
        return list_page(
            user_id,
            limit=page_size,
            offset=offset,
            namespace=namespace,
            visibility=visibility,
            team_id=team_id,
            source=source,
        )

    return Walk(page_at)
