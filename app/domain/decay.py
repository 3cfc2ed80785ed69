"""How a memory fades: a number in (0, 1] from its importance and its age, computed when it is read."""

import math
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

_SECONDS_PER_DAY = 86_400


class DecayCurve(StrEnum):
    """`half_life` halves in H days; `e_fold` falls to 1/e in H days, as the original server did."""

    HALF_LIFE = "half_life"
    E_FOLD = "e_fold"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecayPolicy:
    """The decay of the `/v1` contract: H(i) = 10 · max(i, 0.1) days for importance i.

    An importance of 1.0, 0.7 or 0.2 halves in 10, 7 or 2 days; below 0.1 the floor of one day holds.
    """

    curve: DecayCurve = DecayCurve.HALF_LIFE
    longest_half_life_days: float = 10.0
    importance_floor: float = 0.1

    def __post_init__(self) -> None:
        if self.longest_half_life_days <= 0 or not 0 < self.importance_floor <= 1:
            raise ValueError("the half-life must be positive and the importance floor in (0, 1]")

    def at(self, *, importance: float, age_days: float) -> float:
        """The decay of a memory of that importance and age.

        >>> DecayPolicy().at(importance=0.7, age_days=7.0)
        0.5
        """
        scale_days = self.longest_half_life_days * max(importance, self.importance_floor)
        return math.exp(-self._rate * age_days / scale_days)

    def since(self, refreshed_at: datetime, *, importance: float, now: datetime) -> float:
        """The decay at `now` of a memory of that importance, last refreshed then."""
        return self.at(importance=importance, age_days=age_days(refreshed_at=refreshed_at, now=now))

    def age_days_at(self, decay: float) -> float:
        """The age from which not even the most important memory is above `decay`.

        >>> round(DecayPolicy().age_days_at(0.5), 6)
        10.0
        """
        if decay <= 0:
            return math.inf
        return max(0.0, -math.log(decay) * self.longest_half_life_days / self._rate)

    @property
    def _rate(self) -> float:
        return math.log(2) if self.curve is DecayCurve.HALF_LIFE else 1.0


def age_days(*, refreshed_at: datetime, now: datetime) -> float:
    """Days, with fractions, since the memory was last refreshed; 0 while that lies ahead."""
    return max(0.0, (now - refreshed_at).total_seconds() / _SECONDS_PER_DAY)
