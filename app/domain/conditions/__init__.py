"""Conditions over memories: a small language of comparisons joined by and, or and not.

Whatever is asked, the answer is yes or no: what a memory does not have is null, and values of different
types are neither equal nor in an order.
"""

from app.domain.conditions.meeting import keeps
from app.domain.conditions.reading import MOST_ITEMS, MOST_LEAVES, MOST_LEVELS, parse
from app.domain.conditions.values import ALWAYS, And, Comparison, Condition, Field, Leaf, Not, Or

__all__ = [
    "ALWAYS",
    "MOST_ITEMS",
    "MOST_LEAVES",
    "MOST_LEVELS",
    "And",
    "Comparison",
    "Condition",
    "Field",
    "Leaf",
    "Not",
    "Or",
    "keeps",
    "parse",
]
