"""contractlang fmt: canonical text, in its own language or in the other one."""

from __future__ import annotations

import difflib
import os
import sys
from pathlib import Path

import click

from contractlang.cli.findings import leave, read_text, render


@click.command("fmt")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@click.option("--check", "checking", is_flag=True, help="Change nothing; exit 1 when a file is not canonical.")
@click.option("--diff", "diffing", is_flag=True, help="Change nothing; print what would change.")
@click.option("--language", type=click.Choice(["nl", "en"]), help="Write the contract in this language.")
@click.option("--full", is_flag=True, help="Write out what the framework says; the result stands under none.")
@click.option("--out", type=click.Path(dir_okay=False), metavar="PATH", help="Write one contract to another file.")
def command(
    contracts: tuple[str, ...], checking: bool, diffing: bool, language: str | None, full: bool, out: str | None
) -> None:
    """Write contracts in their canonical form; `-` reads a contract and prints it.

    Comments and prose stay. The result has the same core model, or nothing is changed.

    \b
    Example:
        contractlang fmt contract.zc
        contractlang fmt --check contracts/*.zc
        contractlang fmt contract.zc --language nl --out overeenkomst.zc
        contractlang fmt contract.zc --full --out whole.zc
    """
    if out and len(contracts) != 1:
        leave("--out takes one contract")
    if language and not out and contracts != ("-",) and not (checking or diffing):
        leave("--language writes another file: name it with --out")
    if full and not out and contracts != ("-",):
        leave("--full writes another file: name it with --out")
    changed = [_one(path, checking, diffing, language, full, out) for path in contracts]
    if (checking or diffing) and any(changed):
        raise click.exceptions.Exit(1)


def _one(path: str, checking: bool, diffing: bool, language: str | None, full: bool, out: str | None) -> bool:
    from contractlang.format.format import CannotFormat, format_text, in_full
    from contractlang.report.write import write_atomically

    text = sys.stdin.read() if path == "-" else read_text(path)
    name = "stdin" if path == "-" else path
    try:
        folder = os.path.dirname(os.path.abspath(path))
        made = format_text(in_full(text, name, folder) if full else text, name, folder, language)
    except CannotFormat as fault:
        if fault.checked is not None and fault.checked.errors:
            click.echo(render(fault.checked.errors, fault.checked.document.source, "full", ()), err=True)
        leave(f"{name}: {fault}", 1)
    if path == "-" and not (checking or diffing):
        click.echo(made, nl=False)
        return made != text
    if checking or diffing:
        if made != text:
            lines = (text.splitlines(keepends=True), made.splitlines(keepends=True))
            click.echo("".join(difflib.unified_diff(*lines, name, f"{name} (canonical)")), nl=False)
        return made != text
    if out or made != text:
        write_atomically(Path(out or path), made)
    return made != text
