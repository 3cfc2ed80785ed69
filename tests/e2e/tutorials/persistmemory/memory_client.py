# Quoted: a listing of the tutorial "Add Persistent Memory to a Python AI Agent" (PersistMemory). It is kept for
# compatibility tests, re-indented and otherwise as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

import requests
from typing import Optional

class MemoryClient:
    """Thin wrapper around the PersistMemory REST API."""

    BASE_URL = "https://backend.persistmemory.com"

    def __init__(self, api_key: str, space: str = "default"):
        self.headers = {
            "Authorization": f"Bearer {api_key}",
            "Content-Type": "application/json",
        }
        self.space = space

    def store(self, content: str, metadata: Optional[dict] = None) -> dict:
        """Store a new memory. Returns the created memory object."""
        payload = {
            "space": self.space,
            "title": (content[:60] + "...") if len(content) > 60 else content,
            "text": content,
        }
        resp = requests.post(
            f"{self.BASE_URL}/mcp/addMemory",
            json=payload,
            headers=self.headers,
        )
        resp.raise_for_status()
        return resp.json()

    def search(self, query: str, limit: int = 5) -> list[dict]:
        """Semantic search across stored memories."""
        resp = requests.post(
            f"{self.BASE_URL}/mcp/search",
            json={"space": self.space, "q": query, "top_k": limit},
            headers=self.headers,
        )
        resp.raise_for_status()
        return resp.json().get("memories", [])

    def list_all(self, limit: int = 20) -> list[dict]:
        """List recent memories in this space."""
        resp = requests.get(
            f"{self.BASE_URL}/mcp/fetchMessages",
            params={"space": self.space, "limit": limit},
            headers=self.headers,
        )
        resp.raise_for_status()
        return resp.json().get("memories", [])

    def delete(self, space_id: str) -> None:
        """Delete a space by ID."""
        resp = requests.delete(
            f"{self.BASE_URL}/spaces/{space_id}",
            headers=self.headers,
        )
        resp.raise_for_status()
