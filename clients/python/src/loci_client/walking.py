"""Walks over all pages of a listing. It decides which page comes next; a client fetches it."""

from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from loci_client.call import Call


class Listed(Protocol):
    """What a page lists: anything with an id."""

    @property
    def id(self) -> str:
        """The same on every page."""
        ...


T = TypeVar("T", bound=Listed)
T_co = TypeVar("T_co", bound=Listed, covariant=True)


class Page(Protocol[T_co]):
    """Some of what is listed, from `offset` on; `total` counts all of it."""

    @property
    def offset(self) -> int:
        """How many come before this page."""
        ...

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        ...

    def __iter__(self) -> Iterator[T_co]:
        """The page's own, in order."""
        ...


class Walk(Generic[T]):
    """All that a listing holds, page by page; one walk serves one iteration.

    Pages are counted from the first one, so that what is added or deleted meanwhile moves the others. What
    comes twice is left out the second time; where the total has fallen, the walk steps back by as much, so
    that deleting while walking skips none.
    """

    def __init__(self, page_at: Callable[[int], Call[Page[T]]]) -> None:
        self._page_at = page_at
        self._offset = 0
        self._total = 0
        self._seen: set[str] = set()
        self._ended = False

    def next_call(self) -> Call[Page[T]] | None:
        """The request for the next page; None after the last one."""
        return None if self._ended else self._page_at(self._offset)

    def take(self, page: Page[T]) -> list[T]:
        """What the page holds that has not come before; moves the walk on."""
        listed = list(page)
        deleted, self._total = self._total - page.total, page.total
        steps_back = deleted > 0 and page.offset > 0
        self._offset = max(0, page.offset - deleted) if steps_back else page.offset + len(listed)
        self._ended = not steps_back and (not listed or self._offset >= page.total)
        fresh = [one for one in listed if one.id not in self._seen]
        self._seen.update(one.id for one in fresh)
        return fresh
