"""Walks over all pages of a listing. It decides which page comes next; a client fetches it."""

from collections.abc import Callable

from loci_client.call import Call
from loci_client.memory_calls import list_page
from loci_client.models import ListedMemory, MemoryPage, Visibility

LARGEST_PAGE = 100


class Walk:
    """All memories of a listing, page by page; one walk serves one iteration.

    Pages are counted from the newest memory, so that what is stored or deleted meanwhile moves the others.
    A memory that comes twice is left out the second time; where the total has fallen, the walk steps back by
    as much, so that deleting memories while walking over them skips none.
    """

    def __init__(self, page_at: Callable[[int], Call[MemoryPage]]) -> None:
        self._page_at = page_at
        self._offset = 0
        self._total = 0
        self._seen: set[str] = set()
        self._ended = False

    def next_call(self) -> Call[MemoryPage] | None:
        """The request for the next page; None after the last one."""
        return None if self._ended else self._page_at(self._offset)

    def take(self, page: MemoryPage) -> list[ListedMemory]:
        """The memories of the page that have not come before; moves the walk on."""
        deleted, self._total = self._total - page.total, page.total
        steps_back = deleted > 0 and page.offset > 0
        self._offset = max(0, page.offset - deleted) if steps_back else page.offset + len(page.memories)
        self._ended = not steps_back and (not page.memories or self._offset >= page.total)
        fresh = [one for one in page.memories if one.id not in self._seen]
        self._seen.update(one.id for one in fresh)
        return fresh


def list_all(
    user_id: str,
    *,
    page_size: int = LARGEST_PAGE,
    namespace: str | None = None,
    visibility: Visibility | None = None,
    team_id: str | None = None,
    source: str | None = None,
) -> Walk:
    """Iterate over all of a user's memories, newest first, each once; pages are fetched when needed.

    Deleting memories while iterating is fine. Raises: LociError.
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
