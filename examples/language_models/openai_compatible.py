"""Models behind the chat completions API of OpenAI, which many other servers speak too, local ones."""

from collections.abc import Sequence
from typing import Any

from examples.language_models import post
from examples.language_models.model import Message


class OpenAICompatible:
    """A model at `base_url`, for example `https://api.openai.com/v1`."""

    def __init__(self, *, api_key: str, base_url: str, name: str) -> None:
        self.name = name
        self._url = f"{base_url.rstrip('/')}/chat/completions"
        self._headers = {"Authorization": f"Bearer {api_key}"}

    def reply(self, instructions: str, conversation: Sequence[Message]) -> str:
        """Answer the last message. Raises: ModelFailed."""
        said = [{"role": message.role, "content": message.text} for message in conversation]
        body = {"model": self.name, "messages": [{"role": "system", "content": instructions}, *said]}
        return post.text(self._url, body, self._headers, find=_text)


def _text(answer: Any) -> str:
    return answer["choices"][0]["message"]["content"]
