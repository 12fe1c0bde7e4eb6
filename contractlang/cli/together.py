"""A folder of contracts settled together, on behalf of `settle`."""

from __future__ import annotations

from typing import Any

import click

from contractlang.api import settle_many
from contractlang.base.workplace import ResourceFault
from contractlang.cli.findings import leave, leave_coded, person_language
from contractlang.cli.progress import stage
from contractlang.cli.running import Asked, tell_cache
from contractlang.engine.protocol import BrokenLaw


def settle_folder(folder: str, given: Any, out: str | None, style: str, asked: Asked) -> None:
    """Write the statements and print the index; leaves with 1 when a contract could not be settled."""
    from contractlang.report.together import ManyError, shown_index

    if out is None:
        leave_coded("ZC895", {"folder": folder})
    if asked.lines is not None:
        leave_coded("ZC896", {})
    language = person_language()
    try:
        with stage(language):
            index = settle_many(
                folder, given, out, format=style, as_of=asked.as_of, engine=asked.engine, mapping=asked.mapping,
                decimal=asked.decimal, language=language, memory=asked.memory, spill=asked.spill, cache=asked.cache,
            )  # fmt: skip
    except ManyError as error:
        leave_coded(error.code, error.arguments)
    except ResourceFault as fault:
        leave_coded(fault.code, fault.arguments)
    except BrokenLaw as fault:
        leave(str(fault))
    click.echo(shown_index(index, style, language), nl=False)
    tell_cache(asked.cache, language)
    if not index.whole:
        raise click.exceptions.Exit(1)
