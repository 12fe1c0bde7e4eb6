"""contractlang diff: what differs in meaning between two versions of a contract, and what that does in euros."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from contractlang.cli.findings import leave, read_text, render

if TYPE_CHECKING:
    from contractlang.compare.blocks import Block
    from contractlang.compare.bridge import Amounts, Bridge
    from contractlang.compare.changes import Change


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--data", "data", metavar="DATA", help="A file or folder of care data: settle both, and bridge the difference."
)
@click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Settle what was known on this day."
)
@click.option(
    "--format", "style", type=click.Choice(["text", "md", "json"]), default="text", help="Form of the comparison."
)
def command(old: str, new: str, data: str | None, as_of: datetime | None, style: str) -> None:
    """Compare two versions of a contract by meaning: layout, comments, prose and language are no difference.

    With --data both are settled, and the difference is attributed to the changes so that the effects sum exactly.

    \b
    Example:
        contractlang diff contract-2025.zc contract-2026.zc
        contractlang diff contract-2025.zc contract-2026.zc --data care.csv

    Exit code 0 when nothing differs, 1 when something does.
    """
    from contractlang.compare.changes import changes
    from contractlang.report.comparison import comparison, comparison_json

    before, after, language, same = _read(old, new)
    found = () if same else changes(before, after)
    bridged = None
    if data and found:
        bridged = _bridged(before, after, found, old, data, as_of.date() if as_of else None)
    if style == "json":
        click.echo(json.dumps(comparison_json(found, bridged), ensure_ascii=False, indent=2))
    else:
        click.echo(comparison(found, bridged, style, language), nl=False)
    if found:
        raise click.exceptions.Exit(1)


def _folder(path: str) -> str:
    return os.path.dirname(os.path.abspath(path))


def _read(old: str, new: str) -> tuple[tuple[Block, ...], tuple[Block, ...], str, bool]:
    from contractlang.analysis.check import check
    from contractlang.compare.blocks import blocks_of, language_of, names_of
    from contractlang.format.format import CannotFormat
    from contractlang.format.meaning import same_meaning, same_model

    texts = read_text(old), read_text(new)
    language = language_of(texts[0], old, _folder(old))
    found = []
    names = names_of(texts[0], language)
    for path, text in zip((old, new), texts, strict=True):
        try:
            other = language_of(text, path, _folder(path)) != language
            found.append(blocks_of(text, path, _folder(path), language, names if other else None))
        except CannotFormat as fault:
            if fault.checked is not None and fault.checked.errors:
                click.echo(render(fault.checked.errors, fault.checked.document.source, "full", ()), err=True)
            leave(f"{path}: {fault}")
    models = [check(text, path, _folder(path)).contract for path, text in zip((old, new), texts, strict=True)]
    one, two = models
    assert one is not None
    assert two is not None
    same = same_model(one, two) or (one.language != two.language and not same_meaning(one, two))
    return found[0], found[1], language, same


def _bridged(
    before: Sequence[Block], after: Sequence[Block], found: Sequence[Change], name: str, data: str, as_of: date | None
) -> Bridge:
    from contractlang.analysis.check import check
    from contractlang.api import settle
    from contractlang.compare.bridge import NoContract, amounts_of, bridge, mixed
    from contractlang.data.faults import DataError
    from contractlang.engine.protocol import BrokenLaw, DataFault

    def settled(made: Sequence[Change]) -> Amounts:
        checked = check(mixed(before, after, made), name, _folder(name))
        if checked.contract is None or checked.contract.holes:
            raise NoContract
        given: Any = data
        return amounts_of(settle(checked.contract, given, as_of=as_of))

    effective = [change for change in found if change.kind not in ("report", "example")]
    try:
        return bridge(effective, settled)
    except NoContract:
        leave("one of the versions cannot be settled: it has open amounts, or needs blocks of the other")
    except DataError as error:
        from contractlang.cli.running import leave_with

        leave_with(error.faults, "en")
    except (DataFault, BrokenLaw) as fault:
        leave(str(fault), 1)
    raise AssertionError("leave does not return")
