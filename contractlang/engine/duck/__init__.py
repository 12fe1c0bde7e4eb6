"""The fast engine, on an embedded DuckDB."""

from contractlang.engine.duck.duck import Duck

__all__ = ["Duck"]
