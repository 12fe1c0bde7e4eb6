"""The oracle: a deliberately naive engine, row by row in exact rationals, that any other engine is held against."""

from contractlang.engine.oracle.oracle import Oracle

__all__ = ["Oracle"]
