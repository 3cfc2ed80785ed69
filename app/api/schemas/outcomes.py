"""What became of a fact, on the wire: the members that all answers to a store share."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from app.api.schemas.values import Flag
from app.domain.admission import OnConflict
from app.services.remember import Action, Remembered


def _is_absent(value: object) -> bool:
    return not value


WrittenAction: TypeAlias = Annotated[
    Literal["stored", "replaced"],
    Field(description="`replaced` when it took the place of memories that it contradicts."),
]
Reason: TypeAlias = Annotated[
    str | None,
    Field(
        description="Why, in words; with `replaced`, and where `explain` was asked for.",
        exclude_if=_is_absent,
    ),
]
Explain: TypeAlias = Annotated[
    Flag, Field(description="`true` adds the reason of the decision; it always comes with `replaced`.")
]
ReplacedId: TypeAlias = Annotated[
    str | None,
    Field(
        description="The first memory that it took the place of; only with `replaced`.", exclude_if=_is_absent
    ),
]
ReplacedIds: TypeAlias = Annotated[
    list[str],
    Field(
        default_factory=list,
        description="All memories that it took the place of, nearest first; only with `replaced`.",
        exclude_if=_is_absent,
    ),
]
SharedTeamId: TypeAlias = Annotated[
    str | None,
    Field(description="The team it is shared with; left out where there is none.", exclude_if=_is_absent),
]
OnConflictWanted: TypeAlias = Annotated[
    OnConflict | None,
    Field(
        description="What becomes of memories that the fact contradicts: `replace` makes them its history,"
        " `keep` leaves them, `ask` leaves them and notes the conflict. The tenant's setting if not given."
    ),
]


def written_action(remembered: Remembered) -> Literal["stored", "replaced"]:
    """The action of a fact that was written."""
    return "replaced" if remembered.action is Action.REPLACED else "stored"


def reason_shown(remembered: Remembered, *, explain: bool) -> str | None:
    """The reason, where it is asked for or something was replaced."""
    return remembered.reason if explain or remembered.replaced_ids else None


def replaced_id(remembered: Remembered) -> str | None:
    """The first memory that the fact took the place of."""
    return next(iter(remembered.replaced_ids), None)
