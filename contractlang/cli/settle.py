"""contractlang settle: the settlement statement of a contract over care data."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from contractlang.api import ENGINES
from contractlang.cli.findings import leave
from contractlang.cli.loading import load_or_leave
from contractlang.cli.running import Asked, leave_when_open, named, settle_or_leave
from contractlang.cli.together import settle_folder

FORMATS = {"text": "text", "md": "markdown", "json": "json", "csv": "csv"}


@click.command("settle")
@click.argument("contract", metavar="CONTRACT")
@click.argument("data", metavar="DATA")
@click.option(
    "--data", "tables", multiple=True, metavar="NAME=PATH", help="The file of one data block; may be repeated."
)
@click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Settle what was known on this day."
)
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text", help="Form of the statement.")
@click.option(
    "--out",
    type=click.Path(),
    metavar="PATH",
    help="Write the statement to a file instead of the terminal; of a folder of contracts: the folder for the statements.",
)
@click.option(
    "--lines",
    type=click.Path(dir_okay=False),
    metavar="PATH",
    help="Write every row with its outcome to .csv or .parquet.",
)
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False),
    metavar="PATH",
    help="TOML file: which column of the file is which.",
)
@click.option(
    "--decimal",
    type=click.Choice(["comma", "point"]),
    help="Decimal sign of the data, when it can be read in two ways.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="duckdb",
    help="duckdb is fast; oracle is naive and explains itself.",
)
def command(
    contract: str, data: str, tables: tuple[str, ...], as_of: datetime | None, style: str, out: str | None, lines: str | None,
    mapping: str | None, decimal: str | None, engine: str,
) -> None:  # fmt: skip
    """Settle CONTRACT over DATA and print the statement.

    DATA is a file (the contract's first table) or a folder whose files are named after the contract's data blocks.
    CONTRACT may be a folder of contracts: every row goes to the contract that claims it, --out gets a statement for each.

    \b
    Example:
        contractlang settle contract.zc care.csv
        contractlang settle contract.zc data/ --as-of 2026-03-31 --format json --out statement.json --lines lines.csv
        contractlang settle contracts/ care.csv --out statements/
    """
    given: Any = data if not tables else {"": data, **named(tables)}
    asked = Asked(as_of.date() if as_of else None, engine, mapping, lines, decimal)
    if os.path.isdir(contract):
        settle_folder(contract, given, out, FORMATS[style], asked)
        return
    if out and os.path.isdir(out):
        leave(f"--out {out}: this is a folder; name a file for the statement")
    loaded = load_or_leave(contract)
    leave_when_open(loaded, contract)
    if lines and not lines.endswith((".csv", ".parquet")):
        leave(f"--lines {lines}: end the name in .csv or .parquet")
    statement = settle_or_leave(loaded, given, asked)
    from contractlang.report.render import render
    from contractlang.report.write import write_atomically

    text = render(statement, FORMATS[style], loaded.language)
    if out:
        write_atomically(Path(out), text)
    else:
        click.echo(text, nl=False)
