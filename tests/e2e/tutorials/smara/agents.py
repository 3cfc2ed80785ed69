# Quoted: a listing of the guide "Building AI Agents with Persistent Memory" (Smara). It is kept for
# compatibility tests, as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

# Create an agent
agent = requests.post(f"{BASE}/v1/agents", headers=HEADERS, json={
    "name": "CodeAssist",
    "description": "A coding assistant with persistent memory",
    "owner_id": "developer-sri",
    "model": "claude-sonnet-4-20250514",
}).json()

# Store memory scoped to this agent
requests.post(f"{BASE}/v1/agents/{agent['id']}/memories", headers=HEADERS, json={
    "user_id": "user-123",
    "fact": "Prefers functional programming patterns",
    "importance": 0.8
})

# Search only this agent's memories
results = requests.get(
    f"{BASE}/v1/agents/{agent['id']}/memories",
    headers=HEADERS,
    params={"user_id": "user-123", "q": "programming style"}
).json()
