"""Made-up facts for measuring: plain English sentences of about a dozen words, no two the same.

The same seed gives the same facts, so that two runs measure the same work.
"""

import random
from collections.abc import Iterator

_VERBS = (
    "Prefers", "Avoids", "Recommends", "Is learning", "Has tried", "Reads about", "Teaches", "Writes about",
    "Complains about", "Asked for help with", "Is planning", "Finished", "Postponed", "Pays for", "Reviews",
    "Maintains",
)  # fmt: skip
_THINGS = (
    "the billing service", "a garden shed", "vegetarian cooking", "the onboarding guide", "trail running",
    "a Rust compiler plugin", "the quarterly report", "watercolour painting", "the mobile app",
    "old vinyl records", "the incident review",
    "a search index", "Portuguese lessons", "the office move", "a chess opening",
    "sourdough bread", "a home battery", "the design system", "mountain photography", "a model railway",
    "the hiring plan", "an electric bicycle", "the payments migration", "a book on soil", "the release notes",
)  # fmt: skip
_COMPANY = (
    "with Ada", "with the platform team",
    "with a neighbour",
    "for the Berlin office", "for his sister",
    "with Grace and Linus", "for a customer in Lagos", "with the night shift", "for the school", "with Mei",
    "for the board", "with two contractors", "for her father", "with the support desk",
    "for a friend in Oslo",
)  # fmt: skip
_CIRCUMSTANCES = (
    "because the old way took too long", "since moving to the coast", "while the budget lasts",
    "after reading a long article", "to save an hour each day", "before the summer holidays",
    "although nobody asked for it", "as part of a new routine", "because the tests kept failing",
    "to learn something different", "despite the bad weather", "on the train to work",
    "whenever the house is quiet", "to please a difficult client", "after a talk at a meetup",
)  # fmt: skip
_QUESTIONS = (
    "what does this person like to cook?", "who helps with the billing service?", "plans before the holidays",
    "which sports does the user do?", "what slows the team down?", "learning a language",
    "something about a house or garden", "who is working on payments?", "hobbies on a rainy day",
    "what was recommended by a neighbour?", "why was the release postponed?", "music and records",
    "training for new colleagues", "anything about batteries or electricity", "what happens on the train?",
)  # fmt: skip


def facts(*, seed: int) -> Iterator[str]:
    """An endless stream of distinct facts.

    >>> stream = facts(seed=1)
    >>> next(stream) == next(stream)
    False
    """
    choose = random.Random(seed)  # noqa: S311  # made-up texts, no secret
    seen: set[str] = set()
    while True:
        parts = (_VERBS, _THINGS, _COMPANY, _CIRCUMSTANCES)
        fact = " ".join(choose.choice(words) for words in parts)
        # The combinations run out at 90,000: a ticket number makes further ones.
        if fact in seen or choose.random() < 0.5:
            fact += f", ticket {choose.randrange(100_000, 1_000_000)}"
        if fact not in seen:
            seen.add(fact)
            yield fact


def questions(*, seed: int) -> Iterator[str]:
    """An endless stream of search queries, in varying order."""
    choose = random.Random(seed)  # noqa: S311  # made-up texts, no secret
    while True:
        yield choose.choice(_QUESTIONS)
