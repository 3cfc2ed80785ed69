# Quoted: a listing of the tutorial "Add Persistent Memory to a Python AI Agent" (PersistMemory). It is kept for
# compatibility tests, re-indented and otherwise as printed; nothing in this project imports it.
# type: ignore
# ruff: noqa
# fmt: off

import os
from openai import OpenAI
from memory_client import MemoryClient

llm = OpenAI(api_key=os.environ["OPENAI_API_KEY"])
memory = MemoryClient(
    api_key=os.environ["PERSISTMEMORY_API_KEY"],
    space="assistant-agent",
)

SYSTEM_PROMPT = """You are a helpful assistant with persistent memory.
You have access to memories from previous conversations.
When you learn something new about the user or their projects,
indicate it with [REMEMBER: ...] so it can be stored.
"""

def build_context(user_message: str) -> str:
    """Search memory and format results as context."""
    results = memory.search(user_message, limit=5)
    if not results:
        return "No relevant memories found."
    lines = ["Relevant memories from previous sessions:"]
    for mem in results:
        if mem["score"] > 0.6:
            lines.append(f"- {mem['content']}")
    return "\n".join(lines)

def extract_memories(response_text: str) -> list[str]:
    """Pull out [REMEMBER: ...] tags from the agent response."""
    memories = []
    for line in response_text.split("\n"):
        if "[REMEMBER:" in line:
            start = line.index("[REMEMBER:") + len("[REMEMBER:")
            end = line.index("]", start)
            memories.append(line[start:end].strip())
    return memories

def chat(user_message: str) -> str:
    # 1. Retrieve relevant context
    context = build_context(user_message)

    # 2. Call the LLM with memory-augmented prompt
    response = llm.chat.completions.create(
        model="gpt-4o",
        messages=[
            {"role": "system", "content": SYSTEM_PROMPT},
            {"role": "system", "content": context},
            {"role": "user", "content": user_message},
        ],
        temperature=0.7,
    )
    reply = response.choices[0].message.content

    # 3. Store any new memories the agent flagged
    for mem_content in extract_memories(reply):
        memory.store(
            content=mem_content,
            metadata={"type": "agent_observation", "source": "chat"},
        )

    # 4. Always store the interaction summary
    memory.store(
        content=f"User asked: {user_message[:200]}",
        metadata={"type": "interaction_log"},
    )

    return reply

# Run the agent in a loop
if __name__ == "__main__":
    print("Agent ready. Type 'quit' to exit.\n")
    while True:
        user_input = input("You: ")
        if user_input.lower() in ("quit", "exit"):
            break
        response = chat(user_input)
        print(f"\nAgent: {response}\n")
