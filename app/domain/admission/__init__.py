"""What a group of incoming memories does to the stored ones: a plan, made before anything is written.

The members of one group see each other: the second of two equal facts is a duplicate of the first.
"""

from app.domain.admission.comparable import are_comparable
from app.domain.admission.metadata import METADATA_LIMIT_BYTES, merged_metadata, metadata_bytes
from app.domain.admission.planning import plan
from app.domain.admission.values import (
    Admitted,
    Candidate,
    Judge,
    OnConflict,
    Plan,
    Room,
    Supersession,
    Suspicion,
)

__all__ = [
    "METADATA_LIMIT_BYTES",
    "Admitted",
    "Candidate",
    "Judge",
    "OnConflict",
    "Plan",
    "Room",
    "Supersession",
    "Suspicion",
    "are_comparable",
    "merged_metadata",
    "metadata_bytes",
    "plan",
]
