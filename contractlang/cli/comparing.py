"""Comparing two versions on behalf of a command: which versions are meant, and what stands in the way."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from contractlang.cli.findings import leave, leave_coded, read_text, render

if TYPE_CHECKING:
    from contractlang.compare.bridge import Bridge
    from contractlang.compare.versions import Compared, NotComparable, Version
    from contractlang.model.contract import Contract
    from contractlang.statement.model import Statement


def file_version(path: str) -> Version:
    """A contract file. Leaves with code 2 when it cannot be read."""
    from contractlang.compare.versions import Version

    return Version(path, read_text(path), os.path.dirname(os.path.abspath(path)))


def versions(given: tuple[str, ...], into: Path) -> tuple[Version, Version]:
    """OLD and NEW: two files, a revision and a file, or two revisions and a file. Files of revisions go below `into`."""
    from contractlang.git.revision import version_at
    from contractlang.git.run import GitFault

    first, *_ = given
    try:
        if len(given) == 3:
            return version_at(first, Path(given[2]), into / "old"), version_at(given[1], Path(given[2]), into / "new")
        if os.path.exists(first) or first == "-" or first.endswith(".zc"):
            return file_version(first), file_version(given[1])
        return version_at(first, Path(given[1]), into / "old"), file_version(given[1])
    except GitFault as fault:
        leave_coded(fault.code, fault.arguments)


def compared_or_leave(old: Version, new: Version) -> Compared:
    """What differs. Leaves with code 2 when a version has errors, after saying which."""
    from contractlang.compare.versions import NotComparable, compare

    try:
        return compare(old, new)
    except NotComparable as fault:
        leave_incomparable(fault)


def leave_incomparable(found: NotComparable) -> NoReturn:
    """Leave with what is wrong with a version."""
    checked = found.fault.checked
    if checked is not None and checked.errors:
        click.echo(render(checked.errors, checked.document.source, "full", ()), err=True)
    leave(f"{found.version.name}: {found.fault}")


def settler(data: str, as_of: date | None) -> Callable[[Contract, Path | None], Statement]:
    """Settles a contract over the data, and writes its lines where asked. Raises what `settle` raises."""
    from contractlang.api import settle

    def settled(contract: Contract, lines: Path | None) -> Statement:
        return settle(contract, data, as_of=as_of, lines=lines)

    return settled


def bridged_or_leave(compared: Compared, data: str, as_of: date | None, most: int = 0) -> Bridge:
    """What the changes do in euros, with at most so many rows behind each.

    Leaves with code 2 when a version cannot be settled, or the data stand in the way.
    """
    from contractlang.compare.bridge import NoContract
    from contractlang.compare.euros import bridged
    from contractlang.data.faults import DataError
    from contractlang.engine.protocol import BrokenLaw, DataFault

    try:
        return bridged(compared, settler(data, as_of), most)
    except NoContract:
        leave("one of the versions cannot be settled: it has open amounts, or needs blocks of the other")
    except DataError as error:
        from contractlang.cli.running import leave_with

        leave_with(error.faults, compared.language)
        raise AssertionError("leave does not return") from error
    except (DataFault, BrokenLaw) as fault:
        leave(str(fault))
