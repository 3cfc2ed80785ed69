# Quoted: a listing of the guide "Building AI Agents with Persistent Memory" (Smara). It is kept for
# compatibility tests, as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

# First store
client.store("user-123", "Lives in New York")
# {"action": "stored", "id": "mem-1"}

# Duplicate detection (cosine ≥ 0.985)
client.store("user-123", "Lives in New York City")
# {"action": "duplicate", "id": "mem-1"}

# Contradiction handling (cosine 0.94-0.985)
client.store("user-123", "Lives in San Francisco")
# {"action": "replaced", "id": "mem-2", "replaced_id": "mem-1"}
