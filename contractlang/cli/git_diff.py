"""contractlang git-diff: what differs in meaning, for git."""

from __future__ import annotations

import click


@click.command("git-diff", context_settings={"ignore_unknown_options": True})
@click.argument("given", nargs=-1, metavar="PATH [OLD HEX MODE NEW HEX MODE [NEW-PATH INFO]]")
def command(given: tuple[str, ...]) -> None:
    """Compare two versions of a contract for `git diff`; always ends with code 0, since git stops at any other.

    Called by git (`diff.zc.command`, see `contractlang git-setup`) with a path and, of the old and the new version, a
    file, a hash and a mode; for a renamed contract also its new path. A path alone is a file that is not merged yet.
    """
    from contractlang.cli.findings import person_language
    from contractlang.git.driver import compared_text, unmerged_text

    language = person_language()
    if len(given) < 7:
        click.echo(unmerged_text(" ".join(given[:1]), language), nl=False)
        return
    path = given[0] if len(given) < 9 or given[0] == given[7] else f"{given[0]} → {given[7]}"
    click.echo(compared_text(path, given[1], given[4], language), nl=False)
