"""A contract for a command that needs it whole: its errors end the command."""

from __future__ import annotations

import os

import click

from contractlang.analysis.check import check
from contractlang.cli.findings import read_text, render, summary
from contractlang.model.contract import Contract


def load_or_leave(path: str) -> Contract:
    """The contract; with errors they are printed and the program ends with code 1."""
    checked = check(read_text(path), path, os.path.dirname(os.path.abspath(path)))
    if checked.contract is None:
        source = checked.document.source
        click.echo(render(checked.errors, source, "full"), err=True)
        click.echo("\n" + summary(path, source.language, len(checked.errors), 0, 0), err=True)
        raise click.exceptions.Exit(1)
    return checked.contract
