"""Questions that need several paragraphs: HotpotQA (Yang et al. 2018) and MuSiQue (Trivedi et al. 2022).

All paragraphs of a file are the memories of one user. They lie in a file beside the questions; where there is
none, the questions' own paragraphs are taken together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import AliasChoices, BaseModel, Field, TypeAdapter

from app.cli.evaluation.recall import sets
from app.cli.evaluation.recall.sets import Corpus, Item, Notes, Question, QuestionSet, SetKind

_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph and the title that it stands under."""

    title: str
    text: str


class _Written(BaseModel):
    title: str
    text: str = Field(validation_alias=AliasChoices("text", "paragraph_text"))
    is_supporting: bool = False


class _TwoHops(BaseModel):
    id: str = Field(validation_alias=AliasChoices("_id", "id"))
    question: str
    type: str = "all"
    supporting_facts: list[tuple[str, int]]
    context: list[tuple[str, list[str]]] = Field(default_factory=list[tuple[str, list[str]]])


class _ManyHops(BaseModel):
    id: str
    question: str
    paragraphs: list[_Written]


_CORPUS = TypeAdapter(dict[str, str | list[str]] | list[_Written])
_TWO_HOPS = TypeAdapter(list[_TwoHops])
_MANY_HOPS = TypeAdapter(list[_ManyHops])


def hotpotqa(text: str, *, corpus: str | None, name: str) -> QuestionSet:
    """Questions of two hops; a paragraph is known by its title. Raises: ValueError."""
    asked = _TWO_HOPS.validate_json(text)
    own = (Paragraph(title=title, text="".join(lines)) for one in asked for title, lines in one.context)
    found = {one.title: one for one in (own if corpus is None else of_corpus(corpus))}
    questions = [
        Question(
            id=one.id,
            text=one.question,
            category=one.type,
            gold=frozenset(title for title, _ in one.supporting_facts),
            cluster=one.id,
        )
        for one in asked
    ]
    return _set(questions, found, SetKind.HOTPOTQA, name)


def musique(text: str, *, corpus: str | None, name: str) -> QuestionSet:
    """Questions of two to four hops; a paragraph is known by its title and text. Raises: ValueError."""
    asked = _MANY_HOPS.validate_json(text)
    own = (_paragraph(each) for one in asked for each in one.paragraphs)
    found = {_key(one): one for one in (own if corpus is None else of_corpus(corpus))}
    questions = [
        Question(
            id=one.id,
            text=one.question,
            category=one.id[:1] + " hops",
            gold=frozenset(_key(_paragraph(each)) for each in one.paragraphs if each.is_supporting),
            cluster=one.id,
        )
        for one in asked
    ]
    return _set(questions, found, SetKind.MUSIQUE, name)


def of_corpus(text: str) -> list[Paragraph]:
    """The paragraphs of a file: titles with their sentences or text, or a list of titles and texts.

    >>> of_corpus('{"Tea": ["Tea is a drink.", " It is hot."]}')
    [Paragraph(title='Tea', text='Tea is a drink. It is hot.')]
    >>> of_corpus('[{"title": "Tea", "text": "Hot."}]')
    [Paragraph(title='Tea', text='Hot.')]
    """
    read = _CORPUS.validate_json(text)
    if isinstance(read, list):
        return [_paragraph(one) for one in read]
    return [Paragraph(title=title, text="".join(lines)) for title, lines in read.items()]


def _paragraph(written: _Written) -> Paragraph:
    return Paragraph(title=written.title, text=written.text)


def _key(paragraph: Paragraph) -> str:
    return f"{paragraph.title}\n{paragraph.text}"


def _set(
    questions: Sequence[Question], found: Mapping[str, Paragraph], kind: SetKind, name: str
) -> QuestionSet:
    stored = {key: one for key, one in found.items() if one.text.strip()}
    answerable = list(_answerable(questions, stored.keys()))
    corpus = Corpus(
        user_id=name,
        now=sets.UNDATED,
        items=[_item(key, one) for key, one in stored.items()],
        questions=answerable,
    )
    return QuestionSet(
        name=name,
        kind=kind,
        corpora=[corpus],
        notes=Notes(
            dropped=sum(len(one.gold - stored.keys()) for one in questions),
            left_out=len(questions) - len(answerable),
        ),
    )


def _item(key: str, paragraph: Paragraph) -> Item:
    return Item(key=key, fact=paragraph.text.strip(), title=paragraph.title.strip()[:_LONGEST_TITLE])


def _answerable(questions: Iterable[Question], keys: Iterable[str]) -> Iterator[Question]:
    known = frozenset(keys)
    for one in questions:
        if one.gold & known:
            yield Question(
                id=one.id,
                text=one.text,
                category=one.category,
                gold=one.gold & known,
                cluster=one.cluster,
            )
