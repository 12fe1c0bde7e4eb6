"""contractlang new: a commented starter contract for a payment model."""

from __future__ import annotations

from pathlib import Path

import click

from contractlang.base.resources import grammar_folder
from contractlang.cli.findings import leave, person_language


def starters() -> dict[str, dict[str, Path]]:
    """The starter contracts: model to language to file."""
    found: dict[str, dict[str, Path]] = {}
    for path in sorted((grammar_folder() / "starters").glob("*.zc")):
        model, language, _ = path.name.split(".")
        found.setdefault(model, {})[language] = path
    return found


@click.command("new")
@click.argument("model", required=False)
@click.option(
    "--language", type=click.Choice(["nl", "en"]), help="Dutch or English; by default the language of this computer."
)
@click.option("--out", type=click.Path(dir_okay=False), metavar="PATH", help="Write to a file; an existing file stays.")
def command(model: str | None, language: str | None, out: str | None) -> None:
    """Write a starter contract that checks, and whose worked example holds. Without MODEL: list the models.

    \b
    Example:
        contractlang new ceiling --language nl > contract.zc
    """
    models = starters()
    language = language or person_language()
    if model is None:
        for name, files in models.items():
            click.echo(f"{name:20} {_about(files.get(language) or next(iter(files.values())))}")
        return
    if model not in models:
        leave(f"no model {model!r}; there are: {', '.join(models)}")
    text = models[model][language].read_text(encoding="utf-8")
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with Path(out).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        leave(f"{out} exists; choose another name")
    except OSError as fault:
        leave(f"{out}: {fault.strerror}")


def _about(path: Path) -> str:
    """The first comment of a starter says what it is."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    return first.lstrip("# ")
