"""The call for language models' tool calls; a method of both clients, docstring included."""

from collections.abc import Mapping

from loci_client import decode
from loci_client.call import Call


def call_tool(
    name: str, arguments: str | Mapping[str, object], *, idempotency_key: str | None = None
) -> Call[Mapping[str, object]]:
    """Do what a language model asks for with a tool; the answer is JSON to hand back to it.

    The tools are `smara_store_memory`, `smara_search_memories`, `smara_get_context`, `smara_delete_memory`,
    whose answer is empty, and `smara_get_usage`. The arguments may be the JSON text that the model wrote.
    Raises: LociError.
    """
    return Call(
        method="POST",
        path="/v1/openai/tool-call",
        body={"name": name, "arguments": arguments},
        idempotency_key=idempotency_key,
        read=lambda answer: {} if answer is None else decode.members(answer),
    )
