"""The one error of the module."""

import json
from typing import Any, cast

import httpx2


class SmaraError(Exception):
    """The service refused, or did not answer: then `status` is 0 and `code` is `connection_error`.

    `detail`, also `str(error)`, is one sentence; `request_id` finds the request in the service's log.
    """

    # Every argument but the first has a default, because unpickling calls with the first alone.
    def __init__(
        self, detail: str, *, status: int = 0, code: str = "connection_error", request_id: str | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status
        self.code = code
        self.request_id = request_id


def of_answer(response: httpx2.Response) -> SmaraError:
    """The error for an answer that refuses, whatever its body holds."""
    problem = members(response)
    return SmaraError(
        str(problem.get("detail") or problem.get("error") or f"The service answered {_status(response)}"),
        status=response.status_code,
        code=str(problem.get("code") or "unknown"),
        request_id=problem.get("request_id") or response.headers.get("X-Request-Id"),
    )


def not_understood(response: httpx2.Response, lack: str) -> SmaraError:
    """The error for a good answer that lacks what belongs there; some other program may have given it."""
    return SmaraError(
        f"The service answered {_status(response)} {lack}; check base_url",
        status=response.status_code,
        code="invalid_answer",
        request_id=response.headers.get("X-Request-Id"),
    )


def members(response: httpx2.Response) -> dict[str, Any]:
    """The members of the answer's JSON object; none where it is no such object."""
    try:
        body: object = json.loads(response.content)
    except ValueError:
        return {}
    return cast(dict[str, Any], body) if isinstance(body, dict) else {}


def _status(response: httpx2.Response) -> str:
    return f"{response.status_code} {response.reason_phrase}".rstrip()
