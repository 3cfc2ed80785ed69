"""Long conversations with questions: LoCoMo (Maharana et al. 2024).

Every turn is a memory, every conversation a user.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, Field, TypeAdapter

from app.cli.evaluation.recall import evidence, sets
from app.cli.evaluation.recall.evidence import Evidence
from app.cli.evaluation.recall.sets import Corpus, Item, Notes, Question, QuestionSet, SetKind

_CATEGORIES = {1: "1 multi-hop", 2: "2 temporal", 3: "3 open-domain", 4: "4 single-hop", 5: "5 adversarial"}
_SESSION = re.compile(r"session_([0-9]+)")
_TIME = "%I:%M %p on %d %B, %Y"
_UNTIL_ASKED = timedelta(days=1)


class _Turn(BaseModel):
    speaker: str
    dia_id: str
    text: str = ""
    blip_caption: str | None = None


class _Asked(BaseModel):
    question: str
    category: int
    evidence: list[str] = Field(default_factory=list[str])


class _Sample(BaseModel):
    sample_id: str
    conversation: dict[str, object]
    qa: list[_Asked]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    corpus: Corpus
    notes: Notes


_SAMPLES = TypeAdapter(list[_Sample])
_TURNS = TypeAdapter(list[_Turn])


def read(text: str, *, name: str) -> QuestionSet:
    """The conversations of a file. Raises: ValueError where it is not in this form."""
    samples = [_sample(one, name) for one in _SAMPLES.validate_json(text)]
    return QuestionSet(
        name=name,
        kind=SetKind.LOCOMO,
        corpora=[one.corpus for one in samples],
        notes=Notes(
            repaired=sum(one.notes.repaired for one in samples),
            dropped=sum(one.notes.dropped for one in samples),
            left_out=sum(one.notes.left_out for one in samples),
        ),
    )


def moment(written: str) -> datetime:
    """The time of a session, taken for UTC. Raises: ValueError.

    >>> moment("1:56 pm on 8 May, 2023").isoformat()
    '2023-05-08T13:56:00+00:00'
    """
    return datetime.strptime(written.strip(), _TIME).replace(tzinfo=UTC)


def spoken(text: str, *, caption: str | None) -> str:
    """What a turn says, with what its picture shows.

    >>> spoken("Look!", caption="a photo of a cat")
    'Look! [shares a photo of a cat]'
    """
    return f"{text} [shares {caption}]".strip() if caption else text.strip()


def _sample(sample: _Sample, name: str) -> _Read:
    user_id = f"{name}-{sample.sample_id}"
    items = list(_items(sample))
    known = {one.key for one in items}
    read_evidence = [evidence.read(one.evidence, known=known) for one in sample.qa]
    questions = list(_questions(sample.qa, read_evidence, user_id))
    return _Read(
        corpus=Corpus(
            user_id=user_id,
            now=max((time for _, time in _sessions(sample.conversation)), default=sets.UNDATED)
            + _UNTIL_ASKED,
            items=items,
            questions=questions,
        ),
        notes=Notes(
            repaired=sum(one.repaired for one in read_evidence),
            dropped=sum(one.dropped for one in read_evidence),
            left_out=len(sample.qa) - len(questions),
        ),
    )


def _items(sample: _Sample) -> Iterator[Item]:
    for session, began in _sessions(sample.conversation):
        turns = _TURNS.validate_python(sample.conversation[session])
        for number, turn in enumerate(turns):
            text = spoken(turn.text, caption=turn.blip_caption)
            if text:
                yield Item(
                    key=turn.dia_id,
                    fact=text,
                    speaker=turn.speaker,
                    conversation_id=f"{sample.sample_id} {session}",
                    created_at=began + timedelta(seconds=number),
                )


def _sessions(conversation: Mapping[str, object]) -> list[tuple[str, datetime]]:
    found = [match for match in map(_SESSION.fullmatch, conversation) if match and conversation[match[0]]]
    in_order = [match[0] for match in sorted(found, key=lambda match: int(match[1]))]
    return [(one, moment(str(conversation.get(f"{one}_date_time")))) for one in in_order]


def _questions(asked: Sequence[_Asked], found: Sequence[Evidence], user_id: str) -> Iterator[Question]:
    for number, (one, of_it) in enumerate(zip(asked, found, strict=True), start=1):
        if of_it.keys:
            yield Question(
                id=f"{user_id}-{number}",
                text=one.question,
                category=_CATEGORIES.get(one.category, f"{one.category}"),
                gold=of_it.keys,
                cluster=user_id,
            )
