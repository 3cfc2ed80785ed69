# Quoted: a listing of the tutorial "Add Persistent Memory to a Python AI Agent" (PersistMemory). It is kept for
# compatibility tests, re-indented and otherwise as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

# Create separate memory clients per project
work_memory = MemoryClient(
    api_key=os.environ["PERSISTMEMORY_API_KEY"],
    space="work-projects",
)

personal_memory = MemoryClient(
    api_key=os.environ["PERSISTMEMORY_API_KEY"],
    space="personal-assistant",
)

# Memories are completely isolated
work_memory.store("Sprint 14 goal: migrate auth service to OAuth 2.1")
personal_memory.store("User's favorite restaurant is Sushi Nakazawa")

# This search only returns work-related memories
results = work_memory.search("authentication migration")

# This search only returns personal memories
results = personal_memory.search("dinner recommendations")
