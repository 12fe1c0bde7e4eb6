"""contractlang explain: what a code means, what was written, what to write instead."""

from __future__ import annotations

from difflib import get_close_matches

import click

from contractlang.cli.findings import leave, person_language
from contractlang.cli.pages import codes, overview, page

UNKNOWN = {
    "en": "there is no code {code}{near}; `contractlang explain` lists them all",
    "nl": "code {code} bestaat niet{near}; `contractlang explain` somt ze alle op",
}
NEAR = {"en": " (did you mean {near}?)", "nl": " (bedoelt u {near}?)"}


@click.command("explain")
@click.argument("code", required=False)
@click.option(
    "--language", type=click.Choice(["nl", "en"]), help="Dutch or English; by default the language of this computer."
)
def command(code: str | None, language: str | None) -> None:
    """Explain the code of a finding with a worked sample; without a code, list all codes.

    \b
    Example:
        contractlang explain ZC434
        contractlang explain ZC434 --language nl
    """
    spoken = language or person_language()
    if code is None:
        click.echo(overview(spoken))
        return
    wanted = code.strip().upper()
    if wanted not in codes():
        close = get_close_matches(wanted, codes(), 1, 0.7)
        near = NEAR[spoken].format(near=close[0]) if close else ""
        leave(UNKNOWN[spoken].format(code=wanted[:20], near=near))
    click.echo(page(wanted, spoken), nl=False)
