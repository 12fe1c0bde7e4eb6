"""Writing files so that a reader finds the old ones or the new ones, never half of one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from errno import EACCES
from pathlib import Path

from contractlang.base.interrupts import uninterrupted
from contractlang.base.own_folder import own_folder


def write_atomically(path: Path, made: str | bytes) -> None:
    """Write text (as UTF-8) or bytes to a new file in the same folder, force it to the disk, and put it in the place of `path`.

    When anything fails the file that was there stays as it was, and the new one is removed. Raises OSError.
    """
    with replacing(path) as (new,):
        write(new, made)


def write(path: Path, made: str | bytes) -> None:
    """Text (as UTF-8, line ends as they are) or bytes. Raises OSError."""
    with path.open("wb") as file:
        file.write(made.encode("utf-8") if isinstance(made, str) else made)


@contextmanager
def replacing(*targets: Path) -> Iterator[tuple[Path, ...]]:
    """Where to write new files; at the end they take the place of `targets`, in this order.

    All of them are complete and forced to the disk before the first is moved. When anything fails the files that were there
    stay as they were, and the new ones are removed; those of a process that was killed by the next that writes to the folder.
    Something else than a file (a device, a pipe) is written directly. Raises OSError.
    """
    targets = tuple(Path(os.path.realpath(one)) if one.is_symlink() else one for one in targets)  # a link stays a link
    for one in targets:
        if one.exists() and not os.access(one, os.W_OK):
            raise PermissionError(EACCES, os.strerror(EACCES), str(one))
    with ExitStack() as stack:
        folders: dict[Path, Path] = {}
        staged = []
        for target in targets:
            if target.exists() and not target.is_file():
                staged.append(target)
                continue
            if target.parent not in folders:
                folders[target.parent] = stack.enter_context(_beside(target))
            staged.append(folders[target.parent] / target.name)
        yield tuple(staged)
        moves = [(new, target) for new, target in zip(staged, targets, strict=True) if new != target]
        for new, target in moves:
            _force(new)
            os.chmod(new, _mode(target))
        with uninterrupted():
            for new, target in moves:
                os.replace(new, target)
        for folder in folders:
            _force(folder)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder on the same disk as the file. Raises OSError that names the file."""
    folder = own_folder(target.parent, hidden=True)
    try:
        made = folder.__enter__()
    except OSError as fault:
        raise OSError(fault.errno, fault.strerror, str(target)) from None
    try:
        yield made
    finally:
        folder.__exit__(None, None, None)


def _force(path: Path) -> None:
    """To the disk, as far as it can be told to."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:  # a folder on Windows
        return
    try:
        os.fsync(handle)
    except OSError:
        return
    finally:
        os.close(handle)


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, else what a new file would get: a temporary file is private."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
