"""The fast engine: a contract as exact integer SQL on an embedded DuckDB."""

from contractlang.engine.duckdb.engine import Duck

__all__ = ["Duck"]
