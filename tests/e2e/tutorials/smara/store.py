# Quoted: a listing of the guide "Building AI Agents with Persistent Memory" (Smara). It is kept for
# compatibility tests, as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

# Store a simple fact
result = client.store(
    user_id="user-123",
    fact="Prefers Python over JavaScript for backend work",
    importance=0.7
)
print(result)
# {"action": "stored", "id": "mem-abc-123"}
