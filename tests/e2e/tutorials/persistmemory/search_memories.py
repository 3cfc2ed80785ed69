# Quoted: a listing of the tutorial "Add Persistent Memory to a Python AI Agent" (PersistMemory). It is kept for
# compatibility tests, re-indented and otherwise as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

# Search for relevant context before the agent responds
results = memory.search("What database does the team use?", limit=3)

for mem in results:
    print(f"Score: {mem['score']:.3f}")
    print(f"Content: {mem['content']}")
    print(f"Metadata: {mem.get('metadata', {})}")
    print("---")
