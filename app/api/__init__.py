"""The HTTP edge: parses requests, calls one service, and answers. It knows no store and no setting."""

from app.api.application import create_api
from app.api.settled import ApiLimits

__all__ = ["ApiLimits", "create_api"]
