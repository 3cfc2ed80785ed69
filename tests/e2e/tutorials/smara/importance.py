# Quoted: a listing of the guide "Building AI Agents with Persistent Memory" (Smara). It is kept for
# compatibility tests, as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

# Core identity fact - 10-day half-life
client.store("user-123", "Is a senior backend engineer at Stripe", importance=1.0)

# Active project - 7-day half-life
client.store("user-123", "Currently building a payment reconciliation service", importance=0.7)

# Passing mention - 2-day half-life
client.store("user-123", "Had a meeting with the team today", importance=0.2)
