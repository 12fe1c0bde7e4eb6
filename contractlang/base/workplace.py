"""Where a run keeps what it writes on the way, and how much memory it may take.

A run opens one workplace; whatever makes temporary files or opens a database below it asks for the one that is open. Without
one, files go to the temporary folder of the system, and memory is not limited.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from pathlib import Path

from msgspec import Struct

from contractlang.base.own_folder import own_folder

MB = 1_000_000
UNITS = {"mb": MB, "m": MB, "gb": 1000 * MB, "g": 1000 * MB, "mib": 1 << 20, "gib": 1 << 30, "tb": 1_000_000 * MB}
AMOUNT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,6}))? ?([a-zA-Z]{1,3})")
LEAST = 400 * MB
PROGRAM = 150 * MB  # of every limit: the interpreter, the libraries and what they do not count themselves


class ResourceFault(Exception):
    """Memory or disk that a run may not or cannot use; the words come from `grammar/messages_resources.toml`."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(f"{code}: {arguments}")
        self.code = code
        self.arguments = arguments


class Workplace(Struct, frozen=True):
    """A folder that is removed at the end, and the bytes of memory of the whole process; None: no limit."""

    folder: Path
    memory: int | None = None

    @property
    def database(self) -> int | None:
        """Bytes that databases may take together: what the program itself does not need."""
        return None if self.memory is None else self.memory - PROGRAM


_open: ContextVar[Workplace | None] = ContextVar("workplace", default=None)


def current() -> Workplace | None:
    """The workplace that is open, if any."""
    return _open.get()


def scratch() -> str | None:
    """The folder for temporary files; None where `tempfile` is to choose."""
    place = current()
    return None if place is None else str(place.folder)


@contextmanager
def workplace(memory: str | None = None, below: str | Path | None = None) -> Iterator[Workplace]:
    """Open a workplace: a limit as a person writes it (`600MB`), and the folder below which to write.

    Raises ResourceFault: ZC940 a limit that cannot be read, ZC941 one that is too small for any data, ZC942 a folder in which
    nothing can be written.
    """
    most = None if memory is None else bytes_of(memory)
    try:
        parent = Path(below if below is not None else tempfile.gettempdir()).resolve()
        folder = own_folder(parent)
        made = folder.__enter__()
    except OSError as fault:
        name = below or os.environ.get("TMPDIR") or "/tmp"
        raise ResourceFault("ZC942", folder=str(name), fault=fault.strerror or type(fault).__name__) from None
    token = _open.set(Workplace(made, most))
    try:
        yield Workplace(made, most)
    finally:
        _open.reset(token)
        folder.__exit__(None, None, None)


def bytes_of(text: str) -> int:
    """An amount of memory: `600MB`, `1.5 GB`, `2GiB`. Raises ResourceFault ZC940 or ZC941."""
    found = AMOUNT.fullmatch(text.strip())
    if found is None or found[3].lower() not in UNITS:
        raise ResourceFault("ZC940", text=text[:40])
    number = Fraction(f"{found[1]}.{found[2] or 0}")
    made = int(number * UNITS[found[3].lower()])
    if made < LEAST:
        raise ResourceFault("ZC941", text=text[:40], least=f"{LEAST // MB} MB")
    return made
