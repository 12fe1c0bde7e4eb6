"""contractlang diff: what differs in meaning between two versions of a contract, and what that does in euros."""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path

import click

from contractlang.base.own_folder import own_folder
from contractlang.cli.comparing import bridged_or_leave, compared_or_leave, versions


@click.command("diff")
@click.argument("given", nargs=-1, metavar="OLD [NEW] CONTRACT")
@click.option(
    "--data", "data", metavar="DATA", help="A file or folder of care data: settle both, and bridge the difference."
)
@click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Settle what was known on this day."
)
@click.option(
    "--format", "--output-format", "style", type=click.Choice(["text", "md", "json", "sarif", "github"]),
    default="text", help="Form of the comparison; sarif and github annotate the lines of a review.",
)  # fmt: skip
@click.option(
    "--rows", "most", type=click.IntRange(0), default=3, show_default=True, metavar="N",
    help="How many rows of data are shown behind each effect; 0: none, which is faster.",
)  # fmt: skip
@click.option("--exit-code/--no-exit-code", "telling", default=False, help="Whether a difference gives exit code 1.")
def command(
    given: tuple[str, ...], data: str | None, as_of: datetime | None, style: str, most: int, telling: bool
) -> None:
    """Compare two versions of a contract by meaning: layout, comments, prose and language are no difference.

    The versions are two files, a revision of git and a file, or two revisions and a file; files that the contract names
    (`data ... from`) are read from the same revision. With --data both are settled, and the difference is attributed to
    the changes so that the effects sum exactly: what each does on its own and in interaction, who gains and who loses,
    and the rows of data behind it.

    \b
    Example:
        contractlang diff contract-2025.zc contract-2026.zc
        contractlang diff contract-2025.zc contract-2026.zc --data care.csv
        contractlang diff HEAD contract.zc
        contractlang diff v2025 v2026 -- contract.zc --data care.csv

    Exit code 0, or 2 when the versions cannot be compared; with --exit-code 1 when something differs.
    """
    from contractlang.report.comparison import comparison, comparison_json

    if len(given) not in (2, 3):
        raise click.UsageError("Write two contracts, or one or two revisions and a contract.")
    with own_folder(Path(tempfile.gettempdir())) as into:
        old, new = versions(given, Path(into).resolve())
        compared = compared_or_leave(old, new)
        found = compared.changes
        rows = 0 if style in ("sarif", "github") else most
        bridged = bridged_or_leave(compared, data, as_of.date() if as_of else None, rows) if data and found else None
    if style in ("sarif", "github"):
        from contractlang.cli.annotating import of_changes, written

        click.echo(written(list(of_changes(compared, bridged, given[-1], new.text)), style), nl=False)
    elif style == "json":
        click.echo(json.dumps(comparison_json(found, bridged, compared.language), ensure_ascii=False, indent=2))
    else:
        click.echo(comparison(found, bridged, style, compared.language), nl=False)
    if found and telling:
        raise click.exceptions.Exit(1)
