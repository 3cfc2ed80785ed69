"""How large metadata may be, and how those of a repeated fact meet."""

import json

from app.domain.models import JsonObject
from app.errors import InvalidInput

METADATA_LIMIT_BYTES = 16 * 1024


def merged_metadata(old: JsonObject, new: JsonObject) -> JsonObject:
    """Both objects merged at the top level, new keys winning.

    Raises: InvalidInput when the result is larger than 16 KiB as compact UTF-8 JSON.
    """
    merged = {**old, **new}
    if metadata_bytes(merged) > METADATA_LIMIT_BYTES:
        reason = "The metadata of the stored memory and of this one are together larger than 16 KiB"
        raise InvalidInput(reason, fields={"metadata": reason})
    return merged


def metadata_bytes(metadata: JsonObject) -> int:
    """The size of the metadata as compact UTF-8 JSON.

    >>> metadata_bytes({"a": "é"})
    10
    """
    return len(json.dumps(metadata, ensure_ascii=False, separators=(",", ":")).encode())
