"""Opens every part, joins them, and closes them again; the only place that knows them all.

Whatever a context here started has ended when the context ends, also after an error or a cancellation.
"""

from app.wiring.assembly import assemble
from app.wiring.databases import DatabaseAddress, SystemClock, local_config, open_graph
from app.wiring.opening import Running, open_access, open_embedder, open_reranker, open_services

__all__ = [
    "DatabaseAddress",
    "Running",
    "SystemClock",
    "assemble",
    "local_config",
    "open_access",
    "open_embedder",
    "open_graph",
    "open_reranker",
    "open_services",
]
