"""The client itself: one request per call."""

from types import TracebackType
from typing import Any

import httpx2

from loci_client import settings
from loci_client.addresses import segment
from loci_client.call import Parameter, body_of, parameters
from loci_client.service import user_agent
from smara import smara_error
from smara.rows import Memory, StoreResult
from smara.smara_error import SmaraError


class Smara:
    """A service that speaks the Smara API; `timeout` is in seconds.

    Without `api_key`, SMARA_API_KEY is the key; without `base_url`, SMARA_API_URL the address, else
    http://localhost:3010. Making one sends nothing. Every call raises SmaraError when it is refused, and
    arguments left at None are not sent. Raises: ValueError without a key.
    """

    def __init__(
        self, api_key: str | None = None, base_url: str | None = None, timeout: float = 30.0
    ) -> None:
        key = settings.api_key(api_key, variable="SMARA_API_KEY")
        self._base_url = settings.base_url(
            base_url, variable="SMARA_API_URL", default="http://localhost:3010"
        )
        headers = {"Authorization": f"Bearer {key}", "User-Agent": f"smara {user_agent()}"}
        self._http = httpx2.Client(headers=headers, timeout=timeout)

    def store(
        self,
        user_id: str,
        fact: str,
        importance: float = 0.5,
        source: str | None = None,
        namespace: str | None = None,
        *,
        team_id: str | None = None,
        visibility: str | None = None,
        created_at: str | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> StoreResult:
        """Remember a fact; `created_at` is RFC 3339 with an offset. Raises: SmaraError."""
        body = body_of(
            user_id=user_id,
            fact=fact,
            importance=importance,
            source=source,
            namespace=namespace,
            team_id=team_id,
            visibility=visibility,
            created_at=created_at,
            metadata=metadata,
        )
        return StoreResult(self._answer("POST", "/v1/memories", body=body))

    def search(
        self,
        user_id: str,
        q: str,
        limit: int = 10,
        namespace: str | None = None,
        *,
        source: str | None = None,
        team_id: str | None = None,
        include_team: bool = False,
    ) -> list[Memory]:
        """Find a user's memories, best first. Raises: SmaraError."""
        query = parameters(
            user_id=user_id,
            q=q,
            limit=limit,
            namespace=namespace,
            source=source,
            team_id=team_id,
            include_team=include_team or None,
        )
        return [Memory(row) for row in self._member("results", "/v1/memories/search", query=query)]

    def context(
        self,
        user_id: str,
        q: str | None = None,
        top_n: int = 5,
        namespace: str | None = None,
        *,
        team_id: str | None = None,
        include_team: bool = False,
    ) -> str:
        """Get memories as text for a prompt. Raises: SmaraError."""
        query = parameters(
            q=q, top_n=top_n, namespace=namespace, team_id=team_id, include_team=include_team or None
        )
        return self._member("context", f"/v1/users/{segment(user_id)}/context", query=query)

    def get(self, memory_id: str) -> Memory:
        """Read a memory with its history. Raises: SmaraError."""
        return Memory(self._answer("GET", f"/v1/memories/{segment(memory_id)}"))

    def delete(self, memory_id: str) -> None:
        """Forget a memory. Raises: SmaraError."""
        self._send("DELETE", f"/v1/memories/{segment(memory_id)}")

    def usage(self) -> dict[str, Any]:
        """Count the memories against the limit. Raises: SmaraError."""
        return self._answer("GET", "/v1/usage")

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def __enter__(self) -> "Smara":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _member(self, name: str, path: str, *, query: dict[str, Parameter]) -> Any:
        response = self._send("GET", path, query=query)
        answer = smara_error.members(response)
        if name not in answer:
            raise smara_error.not_understood(response, f"without {name!r}")
        return answer[name]

    def _answer(self, method: str, path: str, *, body: dict[str, object] | None = None) -> dict[str, Any]:
        response = self._send(method, path, body=body)
        answer = smara_error.members(response)
        if not answer:
            raise smara_error.not_understood(response, "without a JSON object")
        return answer

    def _send(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, Parameter] | None = None,
        body: dict[str, object] | None = None,
    ) -> httpx2.Response:
        try:
            response = self._http.request(method, self._base_url + path, params=query, json=body)
        except httpx2.RequestError as failure:
            reason = str(failure) or type(failure).__name__
            raise SmaraError(f"No answer from {self._base_url}: {reason}") from failure
        if not response.is_success:
            raise smara_error.of_answer(response)
        return response
