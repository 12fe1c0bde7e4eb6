"""contractlang git-setup: git compares and merges contracts by meaning from now on."""

from __future__ import annotations

from pathlib import Path

import click

from contractlang.cli.findings import leave, leave_coded, person_language

WORDS = {
    "en": {"added": "added", "changed": "brought up to date", "there": "was there", "kept": "left as it is",
           "removed": "removed", "absent": "was not added by contractlang",
           "all": "Every repository of this person.", "one": "The repository {top}.",
           "next": "`git diff` now shows what differs in meaning; `git diff --no-ext-diff` shows the lines."},
    "nl": {"added": "toegevoegd", "changed": "bijgewerkt", "there": "stond er al", "kept": "gelaten zoals het is",
           "removed": "weggehaald", "absent": "niet door contractlang toegevoegd",
           "all": "Elke repository van deze persoon.", "one": "De repository {top}.",
           "next": "`git diff` toont nu wat in betekenis verschilt; `git diff --no-ext-diff` toont de regels."},
}  # fmt: skip


@click.command("git-setup")
@click.option("--global", "everywhere", is_flag=True, help="For every repository of this person, not only this one.")
@click.option("--undo", is_flag=True, help="Remove exactly what was added.")
def command(everywhere: bool, undo: bool) -> None:
    """Let git compare and merge contracts by meaning, in the repository of this folder.

    Writes a line in .gitattributes (commit it) and settings in git's configuration (each person runs this once for each
    clone: git never takes commands from a repository). Running it again changes nothing.

    \b
    Example:
        contractlang git-setup
        contractlang git-setup --undo
    """
    from contractlang.git.run import GitFault
    from contractlang.git.setup import place, set_up, take_away

    words = WORDS[person_language()]
    try:
        at = place(Path.cwd(), everywhere)
        steps = take_away(at) if undo else set_up(at)
    except GitFault as fault:
        leave_coded(fault.code, fault.arguments)
    except OSError as fault:
        leave(f"{fault.filename}: {fault.strerror}")
    click.echo(words["all"] if everywhere else words["one"].format(top=at.folder))
    for step in steps:
        value = f"  {step.value}" if step.what in ("added", "changed", "kept") else ""
        click.echo(f"  {words[step.what]}: {step.subject}{value}")
    if not undo:
        click.echo(words["next"])
