# Quoted: a listing of the guide "Building AI Agents with Persistent Memory" (Smara). It is kept for
# compatibility tests, as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

# Store related memories
mem1 = client.store("user-123", "Works at Stripe on payment systems")
mem2 = client.store("user-123", "Building a payment reconciliation service")
mem3 = client.store("user-123", "Needs to handle idempotency in payment retries")

# Connect them
requests.post(f"{BASE}/v1/graph/connect", headers=HEADERS, json={
    "from_memory_id": mem1["id"],
    "to_memory_id": mem2["id"],
    "relationship_type": "context_for",
    "weight": 0.9
})

# Traverse the graph
graph = requests.get(
    f"{BASE}/v1/graph/traverse/{mem1['id']}",
    headers=HEADERS,
    params={"depth": 3}
).json()

for node in graph["nodes"]:
    print(f"[depth {node['depth']}] {node['fact']}")
