"""The fast engine, on an embedded DuckDB."""

from contractlang.engine.duckdb.duck import Duck

__all__ = ["Duck"]
