"""Recall: which memories answer a question best, from what the lanes found, as pure functions."""

from app.domain.recall.values import (
    RERANKER,
    Found,
    Hit,
    Lane,
    LaneScore,
    LaneScores,
    Likeness,
    Part,
    Reached,
    RecallPolicy,
    RouteKind,
    TermCount,
)

__all__ = [
    "RERANKER",
    "Found",
    "Hit",
    "Lane",
    "LaneScore",
    "LaneScores",
    "Likeness",
    "Part",
    "Reached",
    "RecallPolicy",
    "RouteKind",
    "TermCount",
]
