"""Memory that is full and disks that are full, as faults with a code."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contractlang.base.workplace import MB, ResourceFault, current

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SAID = ("no space left", "file too large", "disk quota", "max_temp_directory_size")


@contextmanager
def within_resources(folder: Path | None = None) -> Iterator[None]:
    """Raises ResourceFault ZC943 or ZC945 when memory is full, ZC944 when the disk is: that of `folder`, else of the workplace."""
    import duckdb

    try:
        yield
    except (duckdb.OutOfMemoryException, MemoryError) as fault:
        raise _disk(folder) if _full(str(fault)) else _memory() from fault
    except duckdb.IOException as fault:
        if not _full(str(fault)):
            raise
        raise _disk(folder) from fault
    except OSError as fault:
        if fault.errno not in FULL:
            raise
        raise _disk(folder) from fault


def _full(text: str) -> bool:
    """Whether the database speaks of a disk."""
    return any(part in text.lower() for part in SAID)


def _disk(folder: Path | None) -> ResourceFault:
    place = current()
    parent = folder if folder is not None else None if place is None else place.folder.parent
    return ResourceFault("ZC944", folder="" if parent is None else str(parent))


def _memory() -> ResourceFault:
    place = current()
    if place is None or place.memory is None:
        return ResourceFault("ZC945")
    return ResourceFault("ZC943", memory=f"{place.memory // MB} MB")
