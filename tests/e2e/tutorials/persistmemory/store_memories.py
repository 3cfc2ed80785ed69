# Quoted: a listing of the tutorial "Add Persistent Memory to a Python AI Agent" (PersistMemory). It is kept for
# compatibility tests, re-indented and otherwise as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

import os
from memory_client import MemoryClient

memory = MemoryClient(
    api_key=os.environ["PERSISTMEMORY_API_KEY"],
    space="research-agent",
)

# Store an observation with metadata
memory.store(
    content="User prefers concise answers with code examples. "
            "They work primarily in Python and deploy to AWS Lambda.",
    metadata={
        "type": "user_preference",
        "source": "onboarding_conversation",
        "confidence": 0.95,
    },
)

# Store a factual finding
memory.store(
    content="The company's production database is PostgreSQL 16 "
            "running on RDS in us-east-1. Connection pooling uses PgBouncer.",
    metadata={
        "type": "infrastructure",
        "project": "backend-api",
    },
)
