"""contractlang schema: the data that a contract needs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from contractlang.cli.findings import leave
from contractlang.cli.loading import load_or_leave


@click.command("schema")
@click.argument("contract", metavar="CONTRACT")
@click.option("--table", metavar="NAME", help="Only this data block.")
@click.option("--format", "style", type=click.Choice(["table", "json", "csv"]), default="table",
              help="Frictionless Table Schema, JSON Schema, or an empty CSV.")  # fmt: skip
@click.option("--out", type=click.Path(file_okay=False), metavar="FOLDER", help="Write one file per table to a folder.")
def command(contract: str, table: str | None, style: str, out: str | None) -> None:
    """Say which tables and columns the contract needs, with types, codes and decimals.

    \b
    Example:
        contractlang schema contract.zc
        contractlang schema contract.zc --format csv --table care > care.csv
    """
    from contractlang.data.schema import csv_header, json_schema, table_schema
    from contractlang.report.write import write_atomically

    loaded = load_or_leave(contract)
    tables = [t for t in loaded.tables if table in (None, t.name)]
    if not tables:
        leave(f"--table {table}: the contract has {', '.join(t.name for t in loaded.tables)}")
    made: dict[str, str] = {}
    for one in tables:
        if style == "csv":
            made[f"{one.name}.csv"] = csv_header(loaded, one)
        else:
            build = table_schema if style == "table" else json_schema
            made[f"{one.name}.schema.json"] = json.dumps(build(loaded, one), ensure_ascii=False, indent=1) + "\n"
    if out:
        Path(out).mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            write_atomically(Path(out) / name, text)
            click.echo(str(Path(out) / name))
    else:
        click.echo("\n".join(made.values()), nl=False)
