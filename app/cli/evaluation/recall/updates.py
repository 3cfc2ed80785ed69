"""Facts and one that contradicts some of them: the new one has to be found before the old."""

from collections.abc import Iterator
from datetime import timedelta

from app.cli.evaluation import files
from app.cli.evaluation.cases import Case
from app.cli.evaluation.recall import sets
from app.cli.evaluation.recall.sets import Corpus, Item, Notes, Question, QuestionSet, SetKind
from app.domain.admission import OnConflict

_DAY = timedelta(days=1)
_NEW = "new"
_QUOTATION_MARKS = "\"'“”"


def read(text: str, *, name: str) -> QuestionSet:
    """One user for each update, asked a day after it. Raises: ValueError, KeyError."""
    cases = list(files.updates([line for line in text.split("\n") if line.strip()]))
    corpora = [_corpus(one, name) for one in cases if one.question]
    return QuestionSet(
        name=name,
        kind=SetKind.UPDATE,
        corpora=corpora,
        notes=Notes(left_out=len(cases) - len(corpora)),
    )


def unquoted(fact: str) -> str:
    """A fact without quotation marks around the whole of it.

    >>> unquoted('"Ann sings."'), unquoted('Ann sings "Hello".')
    ('Ann sings.', 'Ann sings "Hello".')
    """
    is_quoted = len(fact) > 1 and fact[0] in _QUOTATION_MARKS and fact[-1] in _QUOTATION_MARKS
    return fact[1:-1].strip() if is_quoted else fact


def _corpus(case: Case, name: str) -> Corpus:
    user_id = f"{name}-{case.id}"
    question = Question(
        id=user_id,
        text=case.question or "",
        category=case.category,
        gold=frozenset({_NEW}),
        cluster=user_id,
        old=frozenset(f"{target}" for target in case.targets),
    )
    return Corpus(user_id=user_id, now=sets.UNDATED, items=list(_items(case)), questions=[question])


def _items(case: Case) -> Iterator[Item]:
    # What is known stands side by side, as the file says, whatever the judge would make of it.
    for number, fact in enumerate(case.existing):
        yield Item(
            key=f"{number}",
            fact=fact,
            created_at=sets.UNDATED - 2 * _DAY,
            on_conflict=OnConflict.KEEP,
        )
    yield Item(key=_NEW, fact=unquoted(case.incoming), created_at=sets.UNDATED - _DAY)
