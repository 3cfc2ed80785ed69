"""A language model replaced from outside: a server with the paths of two providers and a test's replies."""

import json
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What a model was asked: all system texts, and what the user said last."""

    system: str
    user: str


@dataclass(slots=True, kw_only=True)
class ModelServer:
    """Answers each prompt with what `reply` says, and keeps the prompts."""

    reply: Callable[[Prompt], str]
    prompts: list[Prompt] = field(default_factory=list[Prompt])
    base_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """Variables that lead programs of both providers here."""
        return {
            "OPENAI_API_KEY": "key-of-no-provider",
            "OPENAI_BASE_URL": f"{self.base_url}/v1",
            "ANTHROPIC_API_KEY": "key-of-no-provider",
            "ANTHROPIC_BASE_URL": self.base_url,
        }

    def answer(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """The provider's answer to a request."""
        said = list[Mapping[str, str]](body["messages"])
        systems = [message["content"] for message in said if message["role"] == "system"]
        prompt = Prompt(
            system="\n".join([*systems, *filter(None, [body.get("system")])]), user=said[-1]["content"]
        )
        self.prompts.append(prompt)
        text = self.reply(prompt)
        return _message(text) if path.endswith("/messages") else _completion(text)


@contextmanager
def serving(reply: Callable[[Prompt], str]) -> Generator[ModelServer]:
    """A server that listens until the end of the block."""
    model = ModelServer(reply=reply)
    with ThreadingHTTPServer(("127.0.0.1", 0), _requests_for(model)) as server:
        model.base_url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield model
        finally:
            server.shutdown()
            thread.join()


def _requests_for(model: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Requests(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = json.dumps(model.answer(self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Requests


def _completion(text: str) -> dict[str, Any]:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
    return {"id": "1", "object": "chat.completion", "created": 0, "model": "stand-in", "choices": [choice]}


def _message(text: str) -> dict[str, Any]:
    return {
        "id": "1",
        "type": "message",
        "role": "assistant",
        "model": "stand-in",
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }
