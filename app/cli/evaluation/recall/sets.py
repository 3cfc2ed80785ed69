"""Sets of questions in one form: whose memories there are, and which of them answer each question."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from app.domain.admission import OnConflict

LONGEST_FACT = 2_000
"""Characters; the service takes no longer facts, so that longer paragraphs are cut there."""

UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
"""The clock of sets that have no times of their own."""


class SetKind(StrEnum):
    """What a file of questions is about."""

    LOCOMO = "locomo"
    HOTPOTQA = "hotpotqa"
    MUSIQUE = "musique"
    UPDATE = "letta-update"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A memory to store, however long; `key` names it within its corpus.

    Without `created_at` it holds from the corpus's `now`.
    """

    key: str
    fact: str
    title: str = ""
    speaker: str = ""
    conversation_id: str | None = None
    created_at: datetime | None = None
    on_conflict: OnConflict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and the keys of the memories that answer it.

    Questions of one `cluster` share what they are about, so that they are drawn together. `old` are the
    keys of memories that must not come before the answer.
    """

    id: str
    text: str
    category: str
    gold: frozenset[str]
    cluster: str
    old: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """The memories of one user, in the order in which they come, and what is asked of them at `now`."""

    user_id: str
    now: datetime
    items: Sequence[Item]
    questions: Sequence[Question]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What was not taken as it was written.

    Of the ids of evidence `repaired` were malformed and `dropped` name nothing; `left_out` questions have no
    evidence.
    """

    repaired: int = 0
    dropped: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSet:
    """One file of questions; `name` is that of the file, without its ending."""

    name: str
    kind: SetKind
    corpora: Sequence[Corpus]
    notes: Notes = field(default_factory=Notes)

    @property
    def questions(self) -> list[Question]:
        """All of them, corpus after corpus."""
        return [one for corpus in self.corpora for one in corpus.questions]

    @property
    def items(self) -> list[Item]:
        """All memories, corpus after corpus."""
        return [one for corpus in self.corpora for one in corpus.items]

    @property
    def cut(self) -> int:
        """How many memories are too long for the service, which gets only their beginning."""
        return sum(len(one.fact) > LONGEST_FACT for one in self.items)


def fitting(text: str) -> str:
    """The text as the service takes it.

    >>> len(fitting("a" * 2_001))
    2000
    """
    return text[:LONGEST_FACT]


def first(corpora: Sequence[Corpus], *, questions: int | None) -> list[Corpus]:
    """The corpora with only the first so many questions of all; those of which none is asked are left out.

    >>> ask = Question(id="1", text="?", category="c", gold=frozenset("k"), cluster="x")
    >>> corpus = Corpus(user_id="ann", now=UNDATED, items=[], questions=[ask, ask])
    >>> [len(one.questions) for one in first([corpus, corpus, corpus], questions=3)]
    [2, 1]
    """
    chosen: list[Corpus] = []
    left = sum(len(one.questions) for one in corpora) if questions is None else questions
    for one in corpora:
        asked = one.questions[:left]
        left -= len(asked)
        if asked:
            chosen.append(Corpus(user_id=one.user_id, now=one.now, items=one.items, questions=asked))
    return chosen
