"""Models behind the messages API of Anthropic."""

from collections.abc import Sequence
from typing import Any

from examples.language_models import post
from examples.language_models.model import Message

_LONGEST_REPLY_TOKENS = 1024


class AnthropicMessages:
    """A model at `base_url`, for example `https://api.anthropic.com`."""

    def __init__(self, *, api_key: str, base_url: str, name: str) -> None:
        self.name = name
        self._url = f"{base_url.rstrip('/')}/v1/messages"
        self._headers = {"x-api-key": api_key, "anthropic-version": "2023-06-01"}

    def reply(self, instructions: str, conversation: Sequence[Message]) -> str:
        """Answer the last message. Raises: ModelFailed."""
        said = [{"role": message.role, "content": message.text} for message in conversation]
        body = {
            "model": self.name,
            "max_tokens": _LONGEST_REPLY_TOKENS,
            "system": instructions,
            "messages": said,
        }
        return post.text(self._url, body, self._headers, find=_text)


def _text(answer: Any) -> str:
    return "".join(block["text"] for block in answer["content"] if block["type"] == "text")
