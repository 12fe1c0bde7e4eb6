"""Files that stand beside a contract and are part of it: never outside its folder."""

from __future__ import annotations

from pathlib import Path

MOST_BYTES = 20_000_000  # of a text that people write


class NotBeside(Exception):
    """The file lies outside the folder of the contract."""


def path_beside(folder: str, file: str) -> Path:
    """The path of a file that a contract in `folder` names, links followed; it need not exist.

    Raises NotBeside when it lies outside the folder, OSError or ValueError for a name that no file can have.
    """
    home = Path(folder or ".").resolve()
    path = (home / file).resolve()
    if not path.is_relative_to(home):
        raise NotBeside(file)
    return path


def shown(text: object, most: int = 80) -> str:
    """A text from a file or a path as a message may show it: on one line, without control characters, not too long."""
    plain = "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in str(text))
    return plain if len(plain) <= most else plain[: most - 1] + "…"
