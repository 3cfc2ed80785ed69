"""A stand-in for the package `openai`, so that the tutorial runs without it: as much as its listings use.

It sends the same request to the same address as the package would, which `./loci test --third-party` uses.
"""

import json
import os
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import httpx2


class OpenAI:
    """A client whose address is OPENAI_BASE_URL."""

    def __init__(self, *, api_key: str) -> None:
        self._api_key = api_key
        self.chat = SimpleNamespace(completions=self)

    def create(self, *, model: str, messages: Sequence[dict[str, str]], temperature: float) -> Any:
        """Ask for a completion; the answer's members are attributes."""
        answer = httpx2.post(
            os.environ["OPENAI_BASE_URL"] + "/chat/completions",
            json={"model": model, "messages": messages, "temperature": temperature},
            headers={"Authorization": f"Bearer {self._api_key}"},
            trust_env=False,
        )
        answer.raise_for_status()
        return json.loads(answer.text, object_hook=lambda members: SimpleNamespace(**members))
