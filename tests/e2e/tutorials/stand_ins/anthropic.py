"""A stand-in for the package `anthropic`: as much as the guide's listings use.

The package itself refuses the guide's calls, which give no `max_tokens`; this stand-in gives one, and sends
the same request to the same address.
"""

import json
import os
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import httpx2


class Anthropic:
    """A client whose address is ANTHROPIC_BASE_URL and whose key is ANTHROPIC_API_KEY."""

    def __init__(self) -> None:
        self._api_key = os.environ["ANTHROPIC_API_KEY"]
        self.messages = self

    def create(self, *, model: str, system: str, messages: Sequence[dict[str, str]]) -> Any:
        """Ask for a message; the answer's members are attributes."""
        answer = httpx2.post(
            os.environ["ANTHROPIC_BASE_URL"] + "/v1/messages",
            json={"model": model, "max_tokens": 1024, "system": system, "messages": messages},
            headers={"x-api-key": self._api_key, "anthropic-version": "2023-06-01"},
            trust_env=False,
        )
        answer.raise_for_status()
        return json.loads(answer.text, object_hook=lambda members: SimpleNamespace(**members))
