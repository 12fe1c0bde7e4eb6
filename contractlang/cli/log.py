"""contractlang log: the history of a contract in git as its changes of meaning, and their euros."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from contractlang.base.own_folder import own_folder
from contractlang.cli.findings import leave_coded, person_language

if TYPE_CHECKING:
    from contractlang.git.history import Step
    from contractlang.model.contract import Contract
    from contractlang.report.chronicle import Entry


@click.command("log")
@click.argument("contract", metavar="CONTRACT")
@click.option("--data", "data", metavar="DATA", help="A file or folder of care data: settle every version over it.")
@click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Settle what was known on this day."
)
@click.option("--since", metavar="REV", help="Only what came after this revision.")
@click.option(
    "--format", "--output-format", "style", type=click.Choice(["text", "md", "json"]),
    default="text", help="Form of the history.",
)  # fmt: skip
def command(contract: str, data: str | None, as_of: datetime | None, since: str | None, style: str) -> None:
    """The history of a contract, newest first: each commit with what it changed in the words of the contract.

    Commits that change layout, comments or prose only take one line. Renamed contracts are followed. With --data every
    version is settled over the same data, with the files beside the contract as they then were.

    \b
    Example:
        contractlang log contract.zc
        contractlang log contract.zc --data care.csv --since v2025
    """
    from contractlang.git.history import history
    from contractlang.git.run import GitFault, repository
    from contractlang.report.chronicle import chronicle, chronicle_json

    path = Path(contract)
    folder = path.absolute().parent
    total = _totals(data, as_of.date() if as_of else None) if data else None
    try:
        with own_folder(Path(tempfile.gettempdir())) as into:
            at = repository(folder if folder.is_dir() else Path.cwd())
            steps = history(at, path, Path(into).resolve(), since, total)
    except GitFault as fault:
        leave_coded(fault.code, fault.arguments)
    entries = [_entry(step) for step in steps]
    if style == "json":
        click.echo(json.dumps(chronicle_json(entries), ensure_ascii=False, indent=2))
    else:
        language = next((step.language for step in steps if step.what != "removed"), person_language())
        click.echo(chronicle(entries, style, language), nl=False)


def _entry(step: Step) -> Entry:
    from contractlang.report.chronicle import Entry

    made = step.commit
    merge = len(made.parents) > 1
    seen = made.short, made.day, made.author, made.subject
    return Entry(*seen, step.what, merge, step.told, step.faults, step.old, step.new)


def _totals(data: str, as_of: date | None) -> Callable[[Contract], Fraction | None]:
    """The total of a contract over the data, None with a line of explanation when it cannot be settled over them."""
    from contractlang.api import settle
    from contractlang.base.diagnostics import word
    from contractlang.data.faults import DataError
    from contractlang.engine.protocol import BrokenLaw, DataFault

    def total(contract: Contract) -> Fraction | None:
        try:
            return Fraction(settle(contract, data, as_of=as_of).total)
        except DataError as error:
            first = error.faults[0]
            said = f"[{first.code}] {word(first.code, 'text', contract.language, first.arguments)}"
        except (DataFault, BrokenLaw) as fault:
            arguments = getattr(fault, "arguments", {"law": str(fault)})
            said = f"[{fault.code}] {word(fault.code, 'text', contract.language, arguments)}"
        click.echo(f"contractlang: {contract.name} {contract.version}: {said}", err=True)
        return None

    return total
