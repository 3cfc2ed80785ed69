"""Which language model to talk to, by the keys that are set."""

import os

from examples.language_models.anthropic_messages import AnthropicMessages
from examples.language_models.model import LanguageModel
from examples.language_models.openai_compatible import OpenAICompatible
from examples.language_models.scripted_stand_in import ScriptedModel


def from_environment() -> LanguageModel:
    """OpenAI's API, or one like it, where OPENAI_API_KEY is set; else Anthropic's; else the stand-in."""
    if key := _variable("OPENAI_API_KEY", ""):
        return OpenAICompatible(
            api_key=key,
            base_url=_variable("OPENAI_BASE_URL", "https://api.openai.com/v1"),
            name=_variable("OPENAI_MODEL", "gpt-4o"),
        )
    if key := _variable("ANTHROPIC_API_KEY", ""):
        return AnthropicMessages(
            api_key=key,
            base_url=_variable("ANTHROPIC_BASE_URL", "https://api.anthropic.com"),
            name=_variable("ANTHROPIC_MODEL", "claude-sonnet-4-20250514"),
        )
    return ScriptedModel()


def _variable(name: str, default: str) -> str:
    return os.environ.get(name) or default  # noqa: TID251  # a program of its own, with settings of its own
