"""contractlang settle: the settlement statement of a contract over care data."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from contractlang.api import ENGINES
from contractlang.cli.findings import leave
from contractlang.cli.loading import load_or_leave
from contractlang.cli.outputs import refuse_inputs
from contractlang.cli.running import Asked, leave_when_open, named, settle_or_leave, tell_cache
from contractlang.cli.together import settle_folder

if TYPE_CHECKING:
    from contractlang.data.cache import Cache
    from contractlang.statement.model import Statement

FORMATS = {"text": "text", "md": "markdown", "json": "json", "csv": "csv"}


@click.command("settle")
@click.argument("contract", metavar="CONTRACT")
@click.argument("data", metavar="DATA")
@click.option(
    "--data",
    "tables",
    multiple=True,
    metavar="NAME=PATH",
    help="The file of one data block, or the folder with its files; may be repeated, also for one block.",
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
    help="duckdb is fast; oracle is naive and explains itself; spark needs contractlang[spark].",
)
@click.option(
    "--memory", metavar="AMOUNT", help="At most so much memory, for example 600MB; what does not fit goes to disk."
)
@click.option("--spill", metavar="FOLDER", help="The folder for working files, instead of the system's own.")
@click.option(
    "--cache",
    metavar="FOLDER",
    help="Keep what is read of the files here: the next run reads new and changed files only.",
)
def command(
    contract: str, data: str, tables: tuple[str, ...], as_of: datetime | None, style: str, out: str | None, lines: str | None,
    mapping: str | None, decimal: str | None, engine: str, memory: str | None, spill: str | None, cache: str | None,
) -> None:  # fmt: skip
    """Settle CONTRACT over DATA and print the statement.

    DATA is a file (the contract's first table) or a folder whose files are named after the contract's data blocks. A data
    block may have a folder of its name with several files, a file per month for example: they are read as one.
    CONTRACT may be a folder of contracts: every row goes to the contract that claims it, --out gets a statement for each.

    \b
    Example:
        contractlang settle contract.zc care.csv
        contractlang settle contract.zc data/ --as-of 2026-03-31 --format json --out statement.json --lines lines.csv
        contractlang settle contracts/ care.csv --out statements/
        contractlang settle contract.zc data/ --memory 600MB --spill /scratch
        contractlang settle contract.zc data/ --cache .contractlang-cache

    With --out and --lines both files are complete before the first is moved to its place: the lines, then the statement,
    which names the hash of its lines.
    """
    others = named(tables)
    given: Any = data if not tables else {"": data, **others}
    kept = _cache(cache)
    asked = Asked(as_of.date() if as_of else None, engine, mapping, lines, decimal, memory, spill, kept)
    if os.path.isdir(contract):
        settle_folder(contract, given, out, FORMATS[style], asked)
        return
    if out and os.path.isdir(out):
        leave(f"--out {out}: this is a folder; name a file for the statement")
    loaded = load_or_leave(contract)
    leave_when_open(loaded, contract)
    if lines and not lines.endswith((".csv", ".parquet")):
        leave(f"--lines {lines}: end the name in .csv or .parquet")
    first = next((table.name for table in loaded.tables if not table.made and not table.file), "")
    if first in others and not os.path.isdir(data):
        leave(f"--data {first}={others[first]}: {data} is the file of {first} already")
    own = [path for one in others.values() for path in ([one] if isinstance(one, str) else one)]
    read = [contract, data, *filter(None, [mapping])]
    refuse_inputs({"--out": out, "--lines": lines}, read, {table.name for table in loaded.tables}, own)
    from contractlang.report.write import replacing

    with replacing(*(Path(path) for path in (lines, out) if path)) as staged:
        new = iter(staged)
        own_lines = str(next(new)) if lines else None
        statement = settle_or_leave(loaded, given, replace(asked, lines=own_lines))
        _say(statement, FORMATS[style], loaded.language, next(new, None))
    _tell_unreadable(statement, loaded.language)
    tell_cache(kept, loaded.language)


def _cache(folder: str | None) -> Cache | None:
    if folder is None:
        return None
    from contractlang.data.cache import Cache

    return Cache(folder)


def _tell_unreadable(statement: Statement, language: str) -> None:
    """Beside the statement, where nobody may be looking: that rows were left out because their cells cannot be read."""
    from contractlang.base.diagnostics import word
    from contractlang.model.tables import UNREADABLE

    for refused in statement.rejections:
        if refused.reason == UNREADABLE:
            number = next((one.rows for one in statement.data if one.table == refused.table), refused.rows)
            said = {"rows": str(refused.rows), "number": str(number), "table": refused.table}
            click.echo(f"contractlang: [ZC892] {word('ZC892', 'text', language, said)}", err=True)


def _say(statement: Statement, style: str, language: str, path: Path | None) -> None:
    """The statement in its form, to a file or to the terminal."""
    from contractlang.report.render import render
    from contractlang.report.write import write

    text = render(statement, style, language)
    if path is None:
        click.echo(text, nl=False)
    else:
        write(path, text)
