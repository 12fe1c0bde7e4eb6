"""contractlang annex: the contract as a document to sign."""

from __future__ import annotations

import os
from pathlib import Path

import click

from contractlang.api import ENGINES
from contractlang.cli.findings import leave
from contractlang.cli.loading import load_or_leave
from contractlang.cli.running import leave_with

MESSAGES = {
    "no_pdf": (
        "PDF needs an extra library: pip install contractlang[pdf]",
        "voor PDF is een extra bibliotheek nodig: pip install contractlang[pdf]",
    ),
    "to_file": ("--format pdf: name a file with --out", "--format pdf: noem een bestand met --out"),
    "fails": (
        "{n} of the worked examples do not come out as agreed; the annex says which",
        "{n} van de rekenvoorbeelden komen niet uit zoals afgesproken; de bijlage zegt welke",
    ),
}


@click.command("annex")
@click.argument("contract", metavar="CONTRACT")
@click.option("--language", type=click.Choice(["nl", "en"]), help="Default: the language of the file.")
@click.option("--format", "style", type=click.Choice(["md", "html", "pdf"]), default="md", help="Form of the document.")
@click.option("--out", type=click.Path(dir_okay=False), metavar="PATH", help="Write the document to a file.")
@click.option("--engine", type=click.Choice(ENGINES), default="duckdb", help="The engine that computes the examples.")
def command(contract: str, language: str | None, style: str, out: str | None, engine: str) -> None:
    """Write CONTRACT as an annex to sign: every clause, default and test in sentences, its examples computed.

    The sentences come from what the contract means, not from its text, and hold for both languages: the same contract
    gives the same sentences. PDF is an extra: pip install contractlang[pdf].

    \b
    Example:
        contractlang annex contract.zc --out annex.md
        contractlang annex contract.zc --language nl --format html --out bijlage.html

    Exit code 1 when a worked example does not come out as agreed.
    """
    loaded = load_or_leave(contract)
    spoken = language or loaded.language
    _leave_when_unwritable(style, out, spoken)
    from contractlang.api import annex
    from contractlang.data.faults import DataError
    from contractlang.report.html import as_html
    from contractlang.report.markdown import as_markdown
    from contractlang.report.pdf import NoPdf, as_pdf
    from contractlang.report.write import write_atomically

    try:
        made = annex(loaded, language=spoken, engine=engine)
    except DataError as error:
        leave_with(error.faults, spoken)
    written: str | bytes
    try:
        written = (
            as_pdf(made.document, made.name, f"sha256 {made.sha256}")
            if style == "pdf"
            else as_html(made.document, made.name, spoken)
            if style == "html"
            else as_markdown(made.document)
        )
    except NoPdf:
        leave(_message("no_pdf", spoken))
    if out:
        write_atomically(Path(out), written)
    else:
        click.echo(written, nl=False)
    if made.failing:
        leave(_message("fails", spoken).format(n=len(made.failing)), 1)


def _leave_when_unwritable(style: str, out: str | None, language: str) -> None:
    if style == "pdf" and not out:
        leave(_message("to_file", language))
    if out and not (Path(out).parent.is_dir() and os.access(Path(out).parent, os.W_OK)):
        leave(f"--out {out}: there is no folder {Path(out).parent} to write in")


def _message(key: str, language: str) -> str:
    return MESSAGES[key][language == "nl"]
