"""contractlang test: run the worked examples that stand in a contract."""

from __future__ import annotations

import json
from fractions import Fraction

import click

from contractlang.api import ENGINES, make_engine
from contractlang.base.diagnostics import word
from contractlang.base.workplace import workplace
from contractlang.cli.findings import leave
from contractlang.cli.loading import load_or_leave
from contractlang.cli.running import file_of
from contractlang.engine.protocol import DataFault
from contractlang.model.contract import Contract, Example, Expectation

WORDS = {
    "en": {"ok": "ok", "failed": "FAILED", "expected": "expected", "found": "found", "nothing": "nothing", "difference": "difference",
           "sum": "{passed} examples hold, {failed} do not", "none": "no examples in this contract"},
    "nl": {"ok": "klopt", "failed": "KLOPT NIET", "expected": "verwacht", "found": "uitkomst", "nothing": "niets", "difference": "verschil",
           "sum": "{passed} rekenvoorbeelden kloppen, {failed} niet", "none": "geen rekenvoorbeelden in deze overeenkomst"},
}  # fmt: skip


@click.command("test")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@click.option("--engine", type=click.Choice(ENGINES), default="duckdb", help="The engine that settles the examples.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json"]), default="text", help="For people or for machines."
)
def command(contracts: tuple[str, ...], engine: str, style: str) -> None:
    """Run every worked example and show what came out where it is not what was expected.

    \b
    Example:
        contractlang test contract.zc

    Exit code 0 when all examples hold, 1 when one does not.
    """
    results: list[dict[str, object]] = []
    for path in contracts:
        contract = load_or_leave(path)
        if contract.holes:
            leave(word("ZC890", "text", contract.language, {"name": path, "number": str(len(contract.holes))}), 1)
        with workplace():
            results += [_run(contract, path, example, engine, style) for example in contract.examples]
        if not contract.examples and style == "text":
            click.echo(f"{path}: {WORDS[contract.language]['none']}")
    failed = sum(not result["holds"] for result in results)
    if style == "json":
        click.echo(json.dumps(results, ensure_ascii=False, indent=1))
    elif results:
        words = WORDS[contract.language]
        click.echo(words["sum"].format(passed=len(results) - failed, failed=failed))
    if failed:
        raise click.exceptions.Exit(1)


def _run(contract: Contract, path: str, example: Example, engine: str, style: str) -> dict[str, object]:
    from contractlang.data.prepare import bound_files
    from contractlang.engine.protocol import BrokenLaw
    from contractlang.settling.example import run_example

    words = WORDS[contract.language]
    rows: list[dict[str, object]] = []
    fault = ""
    told = contract.language if style == "text" else ""  # machines read one notation
    try:
        files = bound_files(contract)
        outcomes = run_example(contract, example, lambda c, d, a: make_engine(engine, c, d, a), files)
        for outcome in outcomes:
            expected = outcome.expectation
            rows.append({
                "what": describe(contract, expected), "file": file_of(path, expected.framework),
                "line": expected.place.line, "holds": outcome.holds,
                "expected": show(expected, expected.value, told), "found": show(expected, outcome.found, told),
            })  # fmt: skip
            if isinstance(outcome.found, Fraction) and isinstance(expected.value, Fraction) and not outcome.holds:
                rows[-1]["difference"] = show(expected, outcome.found - expected.value, told)
    except (DataFault, BrokenLaw) as problem:
        fault = f"[{problem.code}] " + word(
            problem.code, "text", contract.language, getattr(problem, "arguments", {"law": str(problem)})
        )
    holds = not fault and all(row["holds"] for row in rows)
    file = file_of(path, example.framework)
    if style == "text":
        click.echo(f"{file}:{example.place.line}: {words['ok'] if holds else words['failed']}: {example.title}")
        if fault:
            click.echo(f"    {fault}")
        for row in rows:
            if not row["holds"]:
                gap = f", {words['difference']} {row['difference']}" if "difference" in row else ""
                click.echo(
                    f"    {row['file']}:{row['line']}: {row['what']}: {words['expected']} {row['expected']}, {words['found']} {row['found']}{gap}"
                )
    return {
        "contract": path,
        "file": file,
        "example": example.title,
        "line": example.place.line,
        "holds": holds,
        "fault": fault,
        "expectations": rows,
    }


def describe(contract: Contract, expected: Expectation) -> str:
    """What an expectation is about, in the words of the contract's language."""
    dutch = contract.language == "nl"
    names = {
        "article": "artikel" if dutch else "article", "total": "totaal" if dutch else "total",
        "rejected": "afgewezen" if dutch else "rejected",
        "submitted_amount": "gedeclareerd" if dutch else "submitted",
        "due": "verschuldigd" if dutch else "due",
        "rejected_amount": "afgewezen" if dutch else "rejected",
    }  # fmt: skip
    text = f"{names.get(expected.what, '')} {expected.name}".strip()
    if expected.after:
        relation = {"before": "vóór", "after": "na"}[expected.after[0]] if dutch else expected.after[0]
        text += f" {relation} {names['article']} {expected.after[1]}"
    text += f" in {expected.period}" if expected.period else ""
    return text + (f' {"voor" if dutch else "for"} "{expected.key}"' if expected.key else "")


def show(expected: Expectation, value: Fraction | str | None, language: str) -> str:
    """A value in the notation of a language, without one with a decimal point alone; a ratio that does not end as n/d."""
    from contractlang.report.numbers import exact as separated

    def exact(figure: Fraction, spoken: str, decimals: int = 0) -> str:
        return separated(figure, spoken, decimals) if spoken else separated(figure, "en", decimals).replace(",", "")

    if value is None:
        return "–"
    if isinstance(value, str):
        return f'"{value}"'
    if expected.percent:
        value *= 100
    if expected.what in ("article", "total", "submitted_amount", "rejected_amount") and (value * 100).denominator == 1:
        return f"€ {exact(value, language, 2)}" + (" %" if expected.percent else "")
    return exact(value, language) + (" %" if expected.percent else "")
