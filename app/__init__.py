"""Loci: memory for AI agents in a Neo4j graph."""

__version__ = "0.1.0"
