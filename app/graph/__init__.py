"""The graph database: the only package that speaks to Neo4j. What it asks is written in `cypher/`."""
