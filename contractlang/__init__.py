"""Payment contracts in care as text that is signed and executed. See `contractlang.api`."""

from typing import Any

__all__ = ["check", "load", "settle"]


def __getattr__(name: str) -> Any:
    """The public functions, imported on first use so that the command line starts fast."""
    if name in __all__:
        from contractlang import api

        return getattr(api, name)
    raise AttributeError(name)
