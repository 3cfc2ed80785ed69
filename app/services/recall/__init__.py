"""Recall: the native question over all lanes, and the searches of the dialects, which are simpler ones."""

from app.services.recall.requests import (
    Context,
    ContextRequest,
    Degraded,
    GraphOptions,
    LeftOut,
    Recalled,
    RecallRequest,
    ScopeWanted,
    SearchRequest,
    Stage,
    WhyNot,
)
from app.services.recall.service import Recall

__all__ = [
    "Context",
    "ContextRequest",
    "Degraded",
    "GraphOptions",
    "LeftOut",
    "Recall",
    "RecallRequest",
    "Recalled",
    "ScopeWanted",
    "SearchRequest",
    "Stage",
    "WhyNot",
]
