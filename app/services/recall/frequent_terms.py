"""Which words were nearly everywhere when scopes were last asked: a guess that lets recall begin sooner."""

from collections import OrderedDict
from collections.abc import Collection, Sequence

_MOST_SCOPES = 1024


class FrequentTerms:
    """The common terms of the scopes that were asked last, by all the scopes of a question.

    The question is embedded without its common terms, and the words lane tells which those are. With a guess,
    both go on at once; a wrong guess costs an embedding and changes no answer.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, ...], frozenset[str]] = OrderedDict()

    def of(self, scope_ids: Sequence[str]) -> frozenset[str]:
        """The terms known to be common in these scopes; none where they were not asked lately."""
        return self._known.get(tuple(scope_ids), frozenset())

    def learn(self, scope_ids: Sequence[str], *, asked: Collection[str], common: Collection[str]) -> None:
        """Take note of which of the terms that were asked for are common."""
        key = tuple(scope_ids)
        self._known[key] = self.of(key).difference(asked).union(common)
        self._known.move_to_end(key)
        if len(self._known) > _MOST_SCOPES:
            self._known.popitem(last=False)
