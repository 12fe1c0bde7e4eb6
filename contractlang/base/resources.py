"""The files of the top-level folder `grammar/`: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def grammar_folder() -> Path:
    """The folder with the grammar, the keyword tables and the messages.

    A checkout comes first: an editable install can leave a stale copy inside the package.
    """
    package = Path(__file__).resolve().parents[1]
    checkout = package.parent / "grammar"
    return checkout if (package.parent / "pyproject.toml").exists() else package / "packaged_grammar"


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of the grammar folder, by name."""
    return tomllib.loads((grammar_folder() / name).read_text(encoding="utf-8"))
