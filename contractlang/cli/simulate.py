"""contractlang simulate: what a contract would come to with other figures in it, and over more or fewer clients."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from contractlang.api import ENGINES
from contractlang.base.diagnostics import word
from contractlang.base.workplace import workplace
from contractlang.cli.findings import leave, read_text
from contractlang.cli.loading import load_or_leave
from contractlang.cli.progress import counted
from contractlang.cli.running import leave_when_open, leave_with, named

if TYPE_CHECKING:
    from contractlang.simulate.faults import SimulationFault
    from contractlang.simulate.outcomes import Simulation
    from contractlang.simulate.plan import Asked


@click.command("simulate")
@click.argument("contract", metavar="CONTRACT")
@click.argument("data", metavar="DATA")
@click.option("--set", "settings", multiple=True, metavar="PLACE = VALUE",
              help="Another value at a place of the contract; may be repeated, and list or range over values.")  # fmt: skip
@click.option("--vary", metavar="VOLUME", help="More or fewer clients: `volume of care -20 %..+20 %`.")
@click.option(
    "--seed", type=click.IntRange(0), default=1, help="Which clients are drawn: the same seed draws the same."
)
@click.option("--samples", type=click.IntRange(1), default=1, help="Draw each volume so many times; shows the median.")
@click.option("--by", "by", type=click.Choice(["party"]), help="Who gains, for each party too.")
@click.option(
    "--format", "style", type=click.Choice(["text", "md", "json", "csv"]), default="text", help="Form of the outcome."
)
@click.option("--out", type=click.Path(dir_okay=False), metavar="PATH", help="Write the outcome to a file.")
@click.option(
    "--plot", type=click.Path(dir_okay=False), metavar="PATH", help="Write the totals as a plot to an .svg file."
)
@click.option(
    "--data", "tables", multiple=True, metavar="NAME=PATH", help="The file of one data block; may be repeated."
)
@click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Settle what was known on this day."
)
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False), metavar="PATH",
              help="TOML file: which column of the file is which.")  # fmt: skip
@click.option("--decimal", type=click.Choice(["comma", "point"]), help="Decimal sign of the data, when in doubt.")
@click.option("--engine", type=click.Choice(ENGINES), default="duckdb", help="duckdb is fast; oracle is naive.")
def command(
    contract: str, data: str, settings: tuple[str, ...], vary: str | None, seed: int, samples: int, by: str | None, style: str,
    out: str | None, plot: str | None, tables: tuple[str, ...], as_of: datetime | None, mapping: str | None,
    decimal: str | None, engine: str,
) -> None:  # fmt: skip
    """Settle CONTRACT over DATA under every combination of values, and compare with the contract as it stands.

    A place is named in the words of the contract: its article, tariff, list, scale or definition, and then a ceiling, a
    label, or the keys and date of a cell. The text is changed there and checked again; nothing is written to the file.

    \b
    Example:
        contractlang simulate contract.zc care.csv --set "article 9 ceiling = € 400,000.00..€ 600,000.00 step € 50,000.00"
        contractlang simulate contract.zc care.csv --set "tariff hourly mbo from 2026-07-01 = € 53.00, € 54.00"
        contractlang simulate contract.zc care.csv --set "tariff hourly + 3 %" --set "article 9 last row = nothing, nor any later row"
        contractlang simulate contract.zc data/ --vary "volume of care -20 %..+20 % step 10 %" --samples 20 --plot volume.svg
    """
    from contractlang.simulate.plan import Asked

    if not settings and not vary:
        raise click.UsageError("Write at least one --set or --vary.")
    _leave_when_unwritable(out, plot)
    given: Any = data if not tables else {"": data, **named(tables)}
    day = as_of.date() if as_of else None
    asked = Asked(given, day, engine, Path(mapping) if mapping else None, decimal, seed, samples)
    made = _simulated(contract, settings, vary, asked)
    _write(made, style, by == "party", out, plot)


def _simulated(path: str, settings: tuple[str, ...], vary: str | None, asked: Asked) -> Simulation:
    """The simulation; leaves with what stands in the way, in the language of the contract."""
    from contractlang.analysis.check import check
    from contractlang.analysis.framework.written import written_out
    from contractlang.data.faults import DataError
    from contractlang.engine.protocol import BrokenLaw, DataFault
    from contractlang.simulate.faults import SimulationFault
    from contractlang.simulate.plan import planned
    from contractlang.simulate.run import simulate
    from contractlang.simulate.settings import read_setting
    from contractlang.simulate.variants import Source
    from contractlang.simulate.volume import read_volume

    contract = load_or_leave(path)
    leave_when_open(contract, path)
    language = contract.language
    folder = os.path.dirname(os.path.abspath(path))
    name, text = path, read_text(path)
    if contract.frameworks:  # the terms of the framework can be varied too
        name, text = f"fmt --full {path}", written_out(check(text, path, folder).document)
    source = Source(name, text, folder, contract)
    try:
        volume = read_volume(vary, contract) if vary else None
        plan = planned(source, [read_setting(text, language) for text in settings], volume, asked)
        with workplace(), counted(language, plan.settlements) as step:
            return simulate(plan, step)
    except SimulationFault as fault:
        _leave(fault, language)
    except DataError as error:
        leave_with(error.faults, language)
    except (DataFault, BrokenLaw) as fault:
        arguments = getattr(fault, "arguments", {"law": str(fault)})
        leave(
            f"[{fault.code}] {word(fault.code, 'text', language, arguments)}", 1 if isinstance(fault, DataFault) else 2
        )
    raise AssertionError("leave does not return")


def _leave(fault: SimulationFault, language: str) -> NoReturn:
    text, help_text = (word(fault.code, part, language, fault.arguments) for part in ("text", "help"))
    leave(f"[{fault.code}] {text}" + (f"\n  {help_text}" if help_text else ""))


def _leave_when_unwritable(out: str | None, plot: str | None) -> None:
    """A long run must not end with a file that cannot be written."""
    if plot and not plot.endswith(".svg"):
        leave(f"--plot {plot}: end the name in .svg")
    for option, path in (("--out", out), ("--plot", plot)):
        if path and not (Path(path).parent.is_dir() and os.access(Path(path).parent, os.W_OK)):
            leave(f"{option} {path}: there is no folder {Path(path).parent} to write in")


def _write(made: Simulation, style: str, by_party: bool, out: str | None, plot: str | None) -> None:
    """Everything is made before anything is written."""
    from contractlang.report.write import write_atomically
    from contractlang.simulate.records import as_csv, as_json
    from contractlang.simulate.shown import shown
    from contractlang.simulate.svg import svg

    makers = {"json": lambda: as_json(made), "csv": lambda: as_csv(made, by_party)}
    text = makers[style]() if style in makers else shown(made, style, by_party)
    drawing = svg(made) if plot else ""
    if plot:
        write_atomically(Path(plot), drawing)
    if out:
        write_atomically(Path(out), text)
    else:
        click.echo(text, nl=False)
