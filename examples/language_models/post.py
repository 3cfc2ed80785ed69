"""One request to a provider, and every way it can fail as one error."""

from collections.abc import Callable, Mapping
from typing import Any

import httpx2

from examples.language_models.model import ModelFailed

_TIMEOUT_SECONDS = 120.0


def text(
    url: str, body: Mapping[str, object], headers: Mapping[str, str], *, find: Callable[[Any], str]
) -> str:
    """Send the body; the text that `find` takes out of the answer. Raises: ModelFailed."""
    try:
        answer = httpx2.post(url, json=body, headers=headers, timeout=_TIMEOUT_SECONDS)
    except httpx2.RequestError as failure:
        raise ModelFailed(f"No answer from the language model at {url}: {failure}") from failure
    if not answer.is_success:
        raise ModelFailed(f"The language model at {url} answered {answer.status_code}: {answer.text[:300]}")
    try:
        return find(answer.json()).strip()
    except (ValueError, LookupError, TypeError, AttributeError) as failure:
        raise ModelFailed(f"What answered at {url} is no such language model") from failure
