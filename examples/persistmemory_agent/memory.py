"""The memories of one space, over plain HTTP: the four calls of the PersistMemory API that an agent needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx2


class MemoryFailed(Exception):
    """The service refused or did not answer; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A memory that a search found; its score is in [0, 1], above 0.6 where it has to do with the query."""

    text: str
    score: float


class Memory:
    """The memories of one space, which the first store makes. Spaces do not see each other."""

    def __init__(self, *, base_url: str, api_key: str, space: str) -> None:
        self.space = space
        self._http = httpx2.Client(
            base_url=base_url, headers={"Authorization": f"Bearer {api_key}"}, timeout=30.0
        )

    def store(self, text: str, *, metadata: Mapping[str, object]) -> bool:
        """Store a text; False when it was known. Its metadata is merged then. Raises: MemoryFailed."""
        body = {"space": self.space, "text": text, "metadata": dict(metadata)}
        return self._send("POST", "/mcp/addMemory", json=body).status_code == 201

    def search(self, query: str, *, limit: int, only: Mapping[str, object]) -> list[Found]:
        """The best matches among memories with this metadata, best first. Raises: MemoryFailed."""
        body = {"space": self.space, "q": query, "top_k": limit, "filter": dict(only)}
        rows = self._send("POST", "/mcp/search", json=body).json()["memories"]
        return [Found(text=row["text"], score=row["score"]) for row in rows]

    def newest(self, limit: int = 20) -> list[str]:
        """The newest memories, newest first. Raises: MemoryFailed."""
        query = {"space": self.space, "limit": limit}
        return [
            row["text"] for row in self._send("GET", "/mcp/fetchMessages", params=query).json()["memories"]
        ]

    def spaces(self) -> dict[str, int]:
        """How many memories each space holds. Raises: MemoryFailed."""
        rows = self._send("GET", "/spaces").json()["spaces"]
        return {row["name"]: row["memory_count"] for row in rows}

    def forget_all(self) -> None:
        """Delete the space with all that it holds. Raises: MemoryFailed."""
        self._send("DELETE", f"/spaces/{quote(self.space, safe='')}")

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def _send(self, method: str, path: str, **request: Any) -> httpx2.Response:
        try:
            answer = self._http.request(method, path, **request)
        except httpx2.RequestError as failure:
            raise MemoryFailed(f"No answer from {self._http.base_url}: {failure}") from failure
        if not answer.is_success:
            raise MemoryFailed(f"The memory answered {answer.status_code}: {_sentence(answer)}")
        return answer


def _sentence(answer: httpx2.Response) -> str:
    """What an answer that refuses says, in the service's words where it has some."""
    try:
        return str(answer.json()["error"])
    except (ValueError, LookupError, TypeError):
        return answer.text[:200]
