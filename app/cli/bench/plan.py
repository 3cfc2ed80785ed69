"""Which memories a database of a given size holds: many small users, one of 1,000, one of 50,000."""

import random
from collections.abc import Iterator, Mapping, Sequence

SMALL_USER = 100
THOUSAND = "user-of-1000"
HALF = "user-of-50000"


def users(size: int) -> dict[str, int]:
    """How many memories each user has in a database of `size`.

    >>> users(1_000)["user-of-1000"], sum(users(1_000).values())
    (500, 1000)
    >>> users(100_000)["user-of-50000"], len(users(100_000))
    (50000, 492)
    """
    counts = {THOUSAND: min(1_000, size // 2)}
    if size >= 2 * 50_000:
        counts[HALF] = 50_000
    rest = size - sum(counts.values())
    for number in range(0, rest, SMALL_USER):
        counts[f"user-{number // SMALL_USER}"] = min(SMALL_USER, rest - number)
    return counts


def additions(counts: Mapping[str, int], present: Mapping[str, int]) -> Iterator[str]:
    """The user of each memory that is still missing, so that users grow side by side, not in turn."""
    missing = {user: count - present.get(user, 0) for user, count in counts.items()}
    while missing:
        for user in list(missing):
            # Large users come in larger bites, so that all are full at about the same time.
            bite = min(missing[user], max(1, counts[user] // SMALL_USER))
            yield from [user] * bite
            missing[user] -= bite
            if missing[user] <= 0:
                del missing[user]


def links(memory_ids: Sequence[str], *, since: int, each: int) -> Iterator[dict[str, str | float]]:
    """`each` links from every memory after the first `since` to others anywhere, in the body's form.

    The same ids give the same links.

    >>> made = list(links(["a", "b", "c"], since=1, each=1))
    >>> [one["from_memory_id"] for one in made]
    ['b', 'c']
    """
    choose = random.Random(since)  # noqa: S311  # made-up links, no secret
    for index in range(since, len(memory_ids)):
        for number in range(each):
            other = (index + choose.randrange(1, len(memory_ids))) % len(memory_ids)
            yield {
                "from_memory_id": memory_ids[index],
                "to_memory_id": memory_ids[other],
                "relationship_type": f"bench {number}",
                "weight": choose.random(),
            }
