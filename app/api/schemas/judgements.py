"""Decisions about memories on the wire: their history, and what storing a fact would do."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from app.api.schemas.answer import Answer
from app.api.schemas.values import ShownNumber, ShownTime
from app.domain.history import HistoryEntry, Replacement
from app.domain.judge import Verdict
from app.domain.judge.decision import Evidence
from app.domain.models import FOREVER
from app.services.preview import Compared, Judgement
from app.services.remember import Action


class SupersededBy(Answer):
    """How a memory became history."""

    id: Annotated[str, Field(description="The memory that took its place.")]
    reason: Annotated[str, Field(description="Why, in words.")]
    evidence: Annotated[list[str], Field(description="The words of the facts that this rests on.")]
    at: Annotated[ShownTime, Field(description="When it was decided.")]

    @classmethod
    def of(cls, replacement: Replacement) -> Self:
        """The answer's view of a replacement."""
        return cls(
            id=replacement.memory_id,
            reason=replacement.reason,
            evidence=list(replacement.evidence),
            at=replacement.at,
        )


class HistoryItem(Answer):
    """A memory of a chain in which one took the place of another."""

    id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="The text, verbatim.")]
    status: Annotated[str, Field(description="`active`, or `superseded` by a newer fact.")]
    created_at: Annotated[ShownTime, Field(description="When the fact began to hold.")]
    valid_to: Annotated[ShownTime | None, Field(description="When it ceased to hold; null if it holds.")]
    recorded_at: Annotated[ShownTime, Field(description="When it was stored.")]
    retired_at: Annotated[ShownTime | None, Field(description="When it was let go; null if it was not.")]
    superseded_by: Annotated[
        SupersededBy | None, Field(description="What took its place; null for the latest memory.")
    ]

    @classmethod
    def of(cls, entry: HistoryEntry) -> Self:
        """The answer's view of a memory in its chain."""
        memory = entry.memory
        return cls(
            id=memory.id,
            fact=memory.text,
            status=memory.status,
            created_at=memory.valid_from,
            valid_to=_ended(memory.valid_to),
            recorded_at=memory.recorded_at,
            retired_at=_ended(memory.retired_at),
            superseded_by=None if entry.superseded_by is None else SupersededBy.of(entry.superseded_by),
        )


class HistoryRead(Answer):
    """Everything that a memory took the place of and that took its place, through any number of others."""

    history: Annotated[list[HistoryItem], Field(description="The whole chain, oldest fact first.")]

    @classmethod
    def of(cls, chain: Iterable[HistoryEntry]) -> Self:
        """The answer for a chain."""
        return cls(history=[HistoryItem.of(entry) for entry in chain])


class EvidenceRead(Answer):
    """The words that a comparison rests on."""

    common: Annotated[list[str], Field(description="Words that both facts have.")]
    only_stored: Annotated[list[str], Field(description="Words that only the stored fact has.")]
    only_new: Annotated[list[str], Field(description="Words that only the new fact has.")]

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """The answer's view of the words."""
        return cls(
            common=list(evidence.common),
            only_stored=list(evidence.only_stored),
            only_new=list(evidence.only_new),
        )


class ComparisonRead(Answer):
    """A stored memory beside the fact."""

    id: Annotated[str, Field(description="The memory's id.")]
    fact: Annotated[str, Field(description="Its text, verbatim.")]
    similarity: Annotated[ShownNumber, Field(description="How near the meanings lie, from 0 to 1.")]
    verdict: Annotated[
        Verdict,
        Field(
            description="What the new fact is to this one: the `same`; `covered` by it; a little `fuller`;"
            " `replaces` it, since both cannot hold; `suspicious`, since both may not; `different`;"
            " or `unread`, which is no opinion."
        ),
    ]
    reason: Annotated[str, Field(description="Why, in words.")]
    evidence: Annotated[EvidenceRead, Field(description="The words of both facts that this rests on.")]

    @classmethod
    def of(cls, compared: Compared) -> Self:
        """The answer's view of a comparison."""
        comparison = compared.comparison
        return cls(
            id=compared.memory.id,
            fact=compared.memory.text,
            similarity=max(0.0, min(1.0, comparison.cosine)),
            verdict=comparison.verdict,
            reason=comparison.reason,
            evidence=EvidenceRead.of(comparison.evidence),
        )


class JudgementRead(Answer):
    """What storing the fact would do now; nothing was written."""

    action: Annotated[
        Action,
        Field(
            description="`stored` as a new memory, a `duplicate` of a stored one, or stored in the place of"
            " others, which would be `replaced`."
        ),
    ]
    id: Annotated[
        str | None, Field(description="The memory that holds the fact already; null unless `duplicate`.")
    ]
    replaced_id: Annotated[
        str | None, Field(description="The first of `replaced_ids`; null unless `replaced`.")
    ]
    replaced_ids: Annotated[list[str], Field(description="The memories that would become its history.")]
    replaced_by: Annotated[
        str | None,
        Field(description="The newer memory whose history the fact would be from the start; null if none."),
    ]
    reason: Annotated[str, Field(description="Why, in words.")]
    candidates: Annotated[
        list[ComparisonRead], Field(description="All memories it was compared with, nearest first.")
    ]

    @classmethod
    def of(cls, judgement: Judgement) -> Self:
        """The answer for a judgement."""
        return cls(
            action=judgement.action,
            id=judgement.memory_id,
            replaced_id=next(iter(judgement.replaced_ids), None),
            replaced_ids=list(judgement.replaced_ids),
            replaced_by=judgement.replaced_by,
            reason=judgement.reason,
            candidates=[ComparisonRead.of(one) for one in judgement.candidates],
        )


def _ended(moment: datetime) -> datetime | None:
    return None if moment == FOREVER else moment
