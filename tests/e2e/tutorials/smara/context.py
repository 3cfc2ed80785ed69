# Quoted: a listing of the guide "Building AI Agents with Persistent Memory" (Smara). It is kept for
# compatibility tests, as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

import requests
import anthropic

response = requests.get(
    "https://api.smara.io/v1/users/user-123/context",
    headers={"Authorization": "Bearer smara_..."},
    params={"q": "coding preferences", "top_n": 5}
)
memory_context = response.json()["context"]

# Inject directly into LLM call
client_anthropic = anthropic.Anthropic()
response = client_anthropic.messages.create(
    model="claude-sonnet-4-20250514",
    system=f"""You are a helpful coding assistant.

Here is what you know about this user:
{memory_context}

Use this context to personalize your responses.""",
    messages=[{"role": "user", "content": "Help me set up a new API project"}]
)
