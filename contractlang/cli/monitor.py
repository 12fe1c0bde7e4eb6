"""contractlang monitor: where a contract stands on a day, without paying anything."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from contractlang.api import ENGINES
from contractlang.cli.findings import leave
from contractlang.cli.loading import load_or_leave
from contractlang.cli.running import Asked, leave_when_open, named, settle_or_leave

FORMATS = {"text": "text", "md": "markdown", "json": "json"}


@click.command("monitor")
@click.argument("contract", metavar="CONTRACT")
@click.argument("data", metavar="DATA")
@click.option(
    "--data", "tables", multiple=True, metavar="NAME=PATH", help="The file of one data block; may be repeated."
)
@click.option(
    "--as-of",
    "as_of",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    metavar="DATE",
    help="What was known on this day.",
)
@click.option("--format", "style", type=click.Choice(list(FORMATS)), default="text", help="Form of the report.")
@click.option("--out", type=click.Path(dir_okay=False), metavar="PATH", help="Write the report to a file.")
@click.option(
    "--history",
    type=click.Path(dir_okay=False),
    metavar="PATH",
    help="Keep every estimate in this file, and show what earlier ones missed by.",
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
def command(
    contract: str, data: str, tables: tuple[str, ...], as_of: datetime, style: str, out: str | None, history: str | None,
    mapping: str | None, decimal: str | None, engine: str,
) -> None:  # fmt: skip
    """Report the use of ceilings, the reports and the estimates of CONTRACT as of a day. Nothing is settled.

    \b
    Example:
        contractlang monitor contract.zc data/ --as-of 2025-09-10
        contractlang monitor contract.zc data/ --as-of 2025-09-10 --history forecasts.jsonl --format md --out september.md
    """
    loaded = load_or_leave(contract)
    leave_when_open(loaded, contract)
    given: Any = data if not tables else {"": data, **named(tables)}
    statement = settle_or_leave(loaded, given, Asked(as_of.date(), engine, mapping, None, decimal))
    from contractlang.report.history import HistoryFault, Miss, compare, keep, read_history
    from contractlang.report.monitoring import monitor_json, monitoring
    from contractlang.report.write import write_atomically

    misses: tuple[Miss, ...] = ()
    if history:
        try:
            earlier = read_history(Path(history))
        except HistoryFault as fault:
            leave(str(fault))
        misses = compare(earlier, statement)
    text = (
        monitor_json(statement, misses)
        if style == "json"
        else monitoring(statement, misses, FORMATS[style], loaded.language)
    )
    if history:
        write_atomically(Path(history), keep(earlier, statement))
    if out:
        write_atomically(Path(out), text)
    else:
        click.echo(text, nl=False)
