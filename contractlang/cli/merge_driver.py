"""contractlang merge-driver: two branches of a contract into one, for git."""

from __future__ import annotations

from pathlib import Path

import click

WORDS = {
    "en": {"clash": "{name}: {n} conflicts between the branches", "line": "{name}: merged by line, since a version cannot be read",
           "broken": "{name}: each branch is fine, together they are not: code {code} on line {line}. {text}"},
    "nl": {"clash": "{name}: {n} conflicten tussen de branches", "line": "{name}: per regel samengevoegd, want een versie is niet te lezen",
           "broken": "{name}: elke branch is in orde, samen zijn zij het niet: code {code} op regel {line}. {text}"},
}  # fmt: skip


@click.command("merge-driver")
@click.argument("base", type=click.Path(path_type=Path), metavar="BASE")
@click.argument("ours", type=click.Path(path_type=Path), metavar="OURS")
@click.argument("theirs", type=click.Path(path_type=Path), metavar="THEIRS")
@click.argument("marker", type=int, default=7)
@click.argument("name", default="contract.zc")
def command(base: Path, ours: Path, theirs: Path, marker: int, name: str) -> None:
    """Merge THEIRS into the file OURS: different blocks, labels and cells merge, the same thing changed twice does not.

    Called by git (`merge.zc.driver`, see `contractlang git-setup`). Exit code 0 when all is merged, 1 with conflicts:
    they stand in the file between git's markers, and in words on the terminal.
    """
    from contractlang.base.diagnostics import word
    from contractlang.cli.findings import leave, leave_coded, person_language
    from contractlang.git.merge import merge_files, said
    from contractlang.git.run import GitFault
    from contractlang.report.words import Words

    try:
        made = merge_files(base, ours, theirs, marker, name)
    except GitFault as fault:
        leave_coded(fault.code, fault.arguments)
    except OSError as fault:
        leave(f"{fault.filename}: {fault.strerror}")
    language = made.language or person_language()
    texts = WORDS[language]
    if made.language is None:
        click.echo(texts["line"].format(name=name), err=True)
    if made.clashes:
        click.echo(texts["clash"].format(name=name, n=len(made.clashes)), err=True)
    for clash in made.clashes:
        click.echo(f"  {said(clash, Words(language))}", err=True)
    for found in made.broken[:1]:
        text = word(found.code, "text", language, found.arguments)
        click.echo(texts["broken"].format(name=name, code=found.code, line=found.place.line, text=text), err=True)
    if not made.clean:
        raise click.exceptions.Exit(1)
