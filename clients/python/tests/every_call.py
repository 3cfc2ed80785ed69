"""Every call of the clients with a good answer, for what is true of all of them."""

import judgement_samples
import people_samples
import recall_samples
import samples
import space_samples
from samples import Act

READS: list[tuple[Act, str, object]] = [
    *samples.READS,
    *judgement_samples.READS,
    *people_samples.READS,
    *recall_samples.READS,
    *space_samples.READS,
]
"""Each with the address that it asks for."""

WRITES: list[tuple[Act, str, object]] = [
    *samples.WRITES,
    *judgement_samples.WRITES,
    *people_samples.WRITES,
    *space_samples.WRITES,
]
"""Each with its method."""

SEARCHES = [*space_samples.SEARCHES, *judgement_samples.SEARCHES, *recall_samples.SEARCHES]
ONE_OF_EACH: list[tuple[Act, str, object]] = [
    *WRITES,
    *SEARCHES,
    *((act, "GET", body) for act, _, body in READS),
]
