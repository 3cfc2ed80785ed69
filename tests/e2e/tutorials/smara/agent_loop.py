# Quoted: a listing of the guide "Building AI Agents with Persistent Memory" (Smara). It is kept for
# compatibility tests, as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

import anthropic
import requests

SMARA_KEY = "smara_..."
SMARA_BASE = "https://api.smara.io"
HEADERS = {"Authorization": f"Bearer {SMARA_KEY}"}
claude = anthropic.Anthropic()

def get_memory_context(user_id: str, message: str) -> str:
    """Retrieve relevant memories for the current conversation."""
    response = requests.get(
        f"{SMARA_BASE}/v1/users/{user_id}/context",
        headers=HEADERS,
        params={"q": message, "top_n": 10}
    )
    return response.json().get("context", "No previous context.")

def extract_and_store_facts(user_id: str, conversation: str):
    """Use Claude to extract storable facts from the conversation."""
    extraction = claude.messages.create(
        model="claude-haiku-4-20250414",
        system="Extract discrete facts about the user. "
               "Return each on a new line. Rate importance 0.0-1.0 after |",
        messages=[{"role": "user", "content": conversation}]
    )
    facts = extraction.content[0].text.strip().split("\n")
    for line in facts:
        if "|" not in line: continue
        fact, imp = line.rsplit("|", 1)
        requests.post(f"{SMARA_BASE}/v1/memories", headers=HEADERS, json={
            "user_id": user_id,
            "fact": fact.strip(),
            "importance": min(max(float(imp.strip()), 0.0), 1.0),
            "source": "conversation-extraction"
        })

def agent_respond(user_id: str, user_message: str) -> str:
    """Main agent loop: retrieve, respond, store."""
    memory_context = get_memory_context(user_id, user_message)
    response = claude.messages.create(
        model="claude-sonnet-4-20250514",
        system=f"""You are a helpful assistant with persistent memory.

Known facts about this user:
{memory_context}""",
        messages=[{"role": "user", "content": user_message}]
    )
    assistant_message = response.content[0].text
    extract_and_store_facts(user_id, f"User: {user_message}\nAssistant: {assistant_message}")
    return assistant_message
