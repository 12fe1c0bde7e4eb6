"""contractlang check: what is wrong with a contract, what it leaves open, what may mislead."""

from __future__ import annotations

import os

import click

from contractlang.analysis.check import check
from contractlang.cli.findings import read_text, render, summary


@click.command("check")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@click.option(
    "--output-format",
    "style",
    type=click.Choice(["full", "concise", "json"]),
    default="full",
    help="How findings are shown.",
)
def command(contracts: tuple[str, ...], style: str) -> None:
    """Read contracts and report everything at once, in the language of each file.

    \b
    Example:
        contractlang check contracts/*.zc
        contractlang check contract.zc --output-format json

    Exit code 0 when no contract has an error (warnings and open amounts are listed), 1 when one has.
    """
    failed = False
    printed: list[str] = []
    for path in contracts:
        checked = check(read_text(path), path, os.path.dirname(os.path.abspath(path)))
        source = checked.document.source
        holes = checked.contract.holes if checked.contract else checked.holes
        text = render(checked.findings, source, style, holes)
        if style == "json":
            printed.append(text)
        else:
            if text:
                click.echo(text + "\n")
            counts = len(checked.errors), len(checked.findings) - len(checked.errors), len(holes)
            click.echo(summary(path, source.language, *counts))
        failed = failed or bool(checked.errors)
    if style == "json":
        click.echo(_joined(printed))
    if failed:
        raise click.exceptions.Exit(1)


def _joined(lists: list[str]) -> str:
    """One JSON list of the findings of all files."""
    import json

    return json.dumps([found for text in lists for found in json.loads(text)], ensure_ascii=False, indent=1)
