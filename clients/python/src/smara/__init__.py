"""The client that programs written for Smara import: thin, without retries, answers as they come.

New programs are better served by `loci_client`.
"""

from smara.client import Smara
from smara.rows import Memory, StoreResult
from smara.smara_error import SmaraError

__all__ = ["Memory", "Smara", "SmaraError", "StoreResult"]
