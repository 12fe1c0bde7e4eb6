"""contractlang check: what is wrong with a contract, what it leaves open, what may mislead."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click

from contractlang.analysis.check import Checked, check
from contractlang.base.diagnostics import Diagnostic
from contractlang.base.source import Source
from contractlang.cli.findings import in_order, read_text, render, summary


@click.command("check")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@click.option(
    "--output-format",
    "style",
    type=click.Choice(["full", "text", "concise", "md", "json", "sarif", "github"]),
    default="full",
    help="How findings are shown; text is full, sarif and github annotate the lines of a review.",
)
def command(contracts: tuple[str, ...], style: str) -> None:
    """Read contracts and report everything at once, in the language of each file.

    \b
    Example:
        contractlang check contracts/*.zc
        contractlang check contract.zc --output-format json

    Exit code 0 when no contract has an error (warnings and open amounts are listed), 1 when one has.
    """
    style = "full" if style == "text" else style
    every = []
    for path in contracts:
        checked = check(read_text(path), path, os.path.dirname(os.path.abspath(path)))
        every.append(checked)
        if style in ("full", "concise"):
            _print(checked, path, style)
    if style == "json":
        click.echo(_joined([render(found, source, style) for found, source in map(_found, every)]))
    elif style in ("md", "sarif", "github"):
        click.echo(_annotated(every, style), nl=False)
    if any(checked.errors for checked in every):
        raise click.exceptions.Exit(1)


def _found(checked: Checked) -> tuple[list[Diagnostic], Source]:
    return in_order(checked.findings, checked.holes), checked.document.source


def _print(checked: Checked, path: str, style: str) -> None:
    found, source = _found(checked)
    text = render(found, source, style)
    if text:
        click.echo(text + "\n")
    errors = len(checked.errors)
    holes = len(found) - len(checked.findings)
    click.echo(summary(path, source.language, errors, len(checked.findings) - errors, holes))


def _annotated(every: Sequence[Checked], style: str) -> str:
    from contractlang.cli.annotating import of_findings, written
    from contractlang.report.annotations import markdown

    found = [list(of_findings(*_found(checked))) for checked in every]
    if style == "md":
        named = [(checked.document.source.name, checked.document.source.language) for checked in every]
        return "\n".join(markdown(*name, one) for name, one in zip(named, found, strict=True))
    return written([one for several in found for one in several], style)


def _joined(lists: list[str]) -> str:
    """One JSON list of the findings of all files."""
    import json

    return json.dumps([found for text in lists for found in json.loads(text)], ensure_ascii=False, indent=1)
