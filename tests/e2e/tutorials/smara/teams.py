# Quoted: a listing of the guide "Building AI Agents with Persistent Memory" (Smara). It is kept for
# compatibility tests, as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

# Create a team
team = requests.post(f"{BASE}/v1/teams", headers=HEADERS, json={
    "name": "Engineering",
    "slug": "engineering",
    "user_id": "sri"
}).json()

# Store a team-visible memory
requests.post(f"{BASE}/v1/memories", headers=HEADERS, json={
    "user_id": "sri",
    "fact": "The API migration deadline is May 15",
    "team_id": team["id"],
    "visibility": "team",
    "importance": 0.9
})

# Any team member can search team memories
results = requests.get(f"{BASE}/v1/memories/search", headers=HEADERS, params={
    "user_id": "agent-codeassist",
    "q": "migration deadline",
    "team_id": team["id"],
    "include_team": "true"
}).json()
