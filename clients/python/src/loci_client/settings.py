"""Where the service is and which key opens it; the only reader of the environment."""

import os

DEFAULT_BASE_URL = "http://127.0.0.1:3010"


def api_key(given: str | None, *, variable: str) -> str:
    """The key as given, else that of the environment. Raises: ValueError when it cannot be sent.

    >>> api_key("smr_any shape", variable="LOCI_API_KEY")
    'smr_any shape'
    """
    key = given or os.environ.get(variable)
    if not key:
        raise ValueError(f"No API key: give api_key, or set {variable}")
    if not (key.isascii() and key.isprintable()):
        raise ValueError("The API key holds a line break or another character that no header can carry")
    return key


def base_url(given: str | None, *, variable: str, default: str) -> str:
    """The address without trailing slashes: as given, else of the environment, else the default.

    >>> base_url("http://memory.internal:3010//", variable="LOCI_URL", default="")
    'http://memory.internal:3010'

    Raises: ValueError for an address without http:// or https://.
    """
    address = (given or os.environ.get(variable) or default).rstrip("/")
    if not address.lower().startswith(("http://", "https://")):
        raise ValueError(f"The base URL must begin with http:// or https://: {address!r}")
    return address
