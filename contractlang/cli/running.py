"""Settle on behalf of a command: what stands open, what is wrong with the data, and a sign of life."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from contractlang.api import ContractError, settle
from contractlang.base.diagnostics import word
from contractlang.base.workplace import ResourceFault
from contractlang.cli.findings import leave, leave_coded, person_language
from contractlang.cli.progress import stage
from contractlang.engine.protocol import BrokenLaw, DataFault
from contractlang.model.contract import Contract

if TYPE_CHECKING:
    from contractlang.data.cache import Cache
    from contractlang.statement.model import Statement


class Asked(Struct, frozen=True):
    """What a command was asked beside the contract and the data."""

    as_of: date | None
    engine: str
    mapping: str | None
    lines: str | None
    decimal: str | None
    memory: str | None = None
    spill: str | None = None
    cache: Cache | None = None


def leave_when_open(contract: Contract, name: str) -> None:
    """Leave with the list of what a contract leaves open, when it does."""
    if not contract.holes:
        return
    for hole in contract.holes:
        text = word("ZC300", "text", contract.language, {"what": hole.what})
        click.echo(f"{file_of(name, hole.framework)}:{hole.place.line}: {text}", err=True)
    arguments = {"name": name, "number": str(len(contract.holes))}
    leave(word("ZC890", "text", contract.language, arguments) or "open amounts", 1)


def file_of(name: str, framework: str) -> str:
    """The file in which something of a contract stands: that of the contract, or a framework beside it."""
    return os.path.join(os.path.dirname(name), framework) if framework else name


def settle_or_leave(contract: Contract, given: Any, asked: Asked) -> Statement:
    """The statement, or leave with what is wrong in the words of the contract's language."""
    from contractlang.data.database import leaving
    from contractlang.data.faults import DataError

    try:
        with stage(contract.language), leaving():
            return settle(
                contract, given, as_of=asked.as_of, engine=asked.engine, mapping=asked.mapping, lines=asked.lines,
                decimal=asked.decimal, memory=asked.memory, spill=asked.spill, cache=asked.cache,
            )  # fmt: skip
    except DataError as error:
        leave_with(error.faults, contract.language)
    except (DataFault, BrokenLaw) as fault:
        arguments = getattr(fault, "arguments", {"law": str(fault)})
        text = f"[{fault.code}] {word(fault.code, 'text', contract.language, arguments)}"
        leave(text, 1 if isinstance(fault, DataFault) else 2)
    except ContractError as error:
        leave(str(error))
    except ResourceFault as fault:
        leave_coded(fault.code, fault.arguments, language=contract.language)
    raise AssertionError("leave does not return")


def named(tables: tuple[str, ...]) -> dict[str, str | list[str]]:
    """`--data NAME=PATH` by name; a name that is given more than once has several files, in this order."""
    found: dict[str, str | list[str]] = {}
    for entry in tables:
        name, _, path = entry.partition("=")
        if not name or not path:
            leave(f"--data {entry}: write NAME=PATH, for example members=members.csv")
        before = found.get(name)
        found[name] = path if before is None else [*([before] if isinstance(before, str) else before), path]
    return found


def tell_cache(cache: Cache | None, language: str) -> None:
    """Beside the statement: what was read, what came from the cache, and whether some of that was damaged."""
    if cache is None:
        return
    said = {
        "read": str(len(cache.read)), "read_size": _size(cache.read, language),
        "found": str(len(cache.found)), "found_size": _size(cache.found, language),
    }  # fmt: skip
    click.echo(f"contractlang: {word('ZC952', 'text', language, said)}", err=True)
    if cache.damaged:
        text = word("ZC953", "text", language, {"number": str(cache.damaged), "folder": str(cache.folder)})
        click.echo(f"contractlang: [ZC953] {text}", err=True)


def _size(files: list[tuple[str, int]], language: str) -> str:
    """Megabytes with one decimal, kilobytes below one."""
    size = sum(number for _, number in files)
    if size < 1_000_000:
        return f"{-(-size // 1000)} kB"
    text = f"{size // 1_000_000}.{size // 100_000 % 10} MB"
    return text.replace(".", ",") if language == "nl" else text


def leave_with(faults: Any, language: str) -> None:
    """Leave with every fault of the files and its remedy."""
    for fault in faults:
        text = word(fault.code, "text", language or person_language(), fault.arguments)
        help_text = word(fault.code, "help", language, fault.arguments)
        click.echo(f"contractlang: [{fault.code}] {text}" + (f"\n  {help_text}" if help_text else ""), err=True)
    raise click.exceptions.Exit(2)
