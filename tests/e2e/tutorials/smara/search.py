# Quoted: a listing of the guide "Building AI Agents with Persistent Memory" (Smara). It is kept for
# compatibility tests, as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

results = client.search(
    user_id="user-123",
    q="cloud infrastructure preferences",
    limit=5,
    namespace="infrastructure"
)

for r in results:
    print(f"[{r.score:.3f}] {r.fact}")
    print(f"  similarity: {r.similarity}, decay: {r.decay_score}")
