"""What was measured, as tables and sentences of Markdown, and how time grows with the lines."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

Record = Mapping[str, object]
Results = Mapping[str, Sequence[Record]]

FROM, LATER, THROUGH, STEEPEST = 100_000, 1_000_000, 10_000_000, 1.05
SCAN, EXPERT, OURS = "scan", "expert SQL", "contractlang"


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """The power of the lines with which time grows: the slope of least squares over the logarithms of (lines, seconds)."""
    if len({lines for lines, _ in points}) < 2:
        return None
    logs = [(math.log(lines), math.log(seconds)) for lines, seconds in points]
    x, y = (sum(part) / len(logs) for part in zip(*logs, strict=True))
    return sum((a - x) * (b - y) for a, b in logs) / sum((a - x) ** 2 for a, _ in logs)


def within(records: Sequence[Record], engine: str, least: int = FROM) -> list[tuple[float, float]]:
    """The points of an engine between which its growth is told."""
    return [
        (number(one, "lines"), number(one, "wall"))
        for one in records
        if one["engine"] == engine and "absent" not in one and least <= number(one, "lines") <= THROUGH
    ]


def number(record: Record, name: str) -> float:
    """A number of a record."""
    value = record[name]
    assert isinstance(value, int | float)
    return value


def names(records: Sequence[Record]) -> list[str]:
    """The engines in the order in which they first stand."""
    return list(dict.fromkeys(str(one["engine"]) for one in records))


def sizes(records: Sequence[Record]) -> dict[int, dict[str, Record]]:
    """The records by lines, then by engine."""
    found: dict[int, dict[str, Record]] = {}
    for one in records:
        found.setdefault(int(number(one, "lines")), {})[str(one["engine"])] = one
    return dict(sorted(found.items()))


def seconds(value: float) -> str:
    """Three digits."""
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s" if value < 100 else f"{value:,.0f} s"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in lines)


def _by_engine(records: Sequence[Record], cell: Callable[[Record, Record], str]) -> str:
    """A row for each size, a column for each engine; `cell` gets the record and that of the scan."""
    columns, rows = names(records), []
    for lines, found in sizes(records).items():
        cells = []
        for name in columns:
            one = found.get(name)
            cells.append("" if one is None else str(one["absent"]) if "absent" in one else cell(one, found[SCAN]))
        rows.append([f"{lines:,}", *cells])
    return table(["lines", *columns], rows)


def _time(one: Record, scan: Record) -> str:
    told = seconds(number(one, "wall"))
    return told if one is scan else f"{told} ({number(one, 'wall') / number(scan, 'wall'):.1f} x)"


def _memory(one: Record, scan: Record) -> str:
    return f"{number(one, 'memory'):,.0f} MB"


def _processor(one: Record, scan: Record) -> str:
    return seconds(number(one, "processor"))


def against(records: Sequence[Record], base: str) -> str:
    """Our time as a multiple of that of another, by size."""
    found = []
    for lines, ones in sizes(records).items():
        if base in ones and "absent" not in ones[base]:
            found.append(f"{number(ones[OURS], 'wall') / number(ones[base], 'wall'):.2f} with {lines:,} lines")
    return ", ".join(found)


def growth(records: Sequence[Record]) -> str:
    """How the time of every engine grows."""
    if not (told := _powers(records, FROM)):
        return (
            "No two sizes between 100,000 and 10 million lines were measured, so that nothing can be said about growth."
        )
    said = (
        f"Between 100,000 and 10 million lines the time grows with this power of the lines (slope of least squares over the "
        f"logarithms; target for contractlang: at most {STEEPEST}): {told}."
    )
    steeper = _powers(records, LATER)
    return f"{said} From 1 million lines on, where starting a process weighs less: {steeper}." if steeper else said


def _powers(records: Sequence[Record], least: int) -> str:
    powers = {name: exponent(within(records, name, least)) for name in names(records)}
    return ", ".join(f"{name} {power:.2f}" for name, power in powers.items() if power is not None)


def often(records: Sequence[Record]) -> str:
    """How many runs stand behind the medians."""
    parts = []
    for lines, found in sizes(records).items():
        runs = {name: int(number(one, "runs")) for name, one in found.items() if "runs" in one}
        most = max(runs.values())
        told = ", ".join(f"{name} {count}" for name, count in runs.items() if count < most)
        parts.append(f"{lines:,} lines {most}{f' ({told})' if told else ''}")
    return f"Runs: {'; '.join(parts)}."


def inexact(records: Sequence[Record]) -> str:
    """Who pays something else than is due."""
    far = [one for one in records if "cents_off" in one]
    told = [f"€ {number(one, 'cents_off') / 100:,.2f} with {int(number(one, 'lines')):,} lines" for one in far]
    return f"Money in floats makes the sum payable of pandas wrong: by {', '.join(told)}." if told else ""


def machine(record: Record) -> str:
    """What the times depend on."""
    return f"Measured on {record['cores']} cores with {record['memory_gb']} GB of memory, Python {record['python']}, DuckDB {record['duckdb']}."


def ceiling(records: Sequence[Record]) -> str:
    """The benchmark of one price list and one ceiling."""
    parts = [
        "Seconds on the clock, and as a multiple of the scan:", _by_engine(records, _time),
        f"contractlang as a multiple of expert SQL: {against(records, EXPERT)}.", growth(records),
        "![Seconds by lines, both on logarithmic scales](performance.svg)",
        "Seconds of the processors (user and system, all cores):", _by_engine(records, _processor),
        "Most memory of the process:", _by_engine(records, _memory), inexact(records), often(records),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def layers(records: Sequence[Record]) -> str:
    """The benchmark of tiers and nested ceilings."""
    parts = [
        _by_engine(records, _time), "Seconds of the processors, and most memory:", _by_engine(records, _processor),
        _by_engine(records, _memory), often(records),
    ]  # fmt: skip
    return "\n\n".join(parts)


def many(records: Sequence[Record]) -> str:
    """Many contracts against one."""
    rows = []
    for found in sizes(records).values():
        one = next(iter(found.values()))
        for name, record in found.items():
            rows.append([
                f"{int(number(record, 'lines')):,}", name, str(record["runs"]),
                *(f"{seconds(number(record, part))} ({number(record, part) / number(one, part):.2f} x)" for part in ("wall", "processor")),
                f"{number(record, 'memory'):,.0f} MB",
            ])  # fmt: skip
    return table(["lines", "", "runs", "clock", "processor", "memory"], rows)


PARTS: Mapping[str, Callable[[Sequence[Record]], str]] = {"ceiling": ceiling, "layers": layers, "many": many}


def filled(text: str, results: Mapping[str, object]) -> str:
    """The document with what was measured between its markers; a part that was not measured stays as it is."""
    found: dict[str, str] = {"machine": machine(results["machine"])}  # type: ignore[arg-type]
    found |= {name: told(results[name]) for name, told in PARTS.items() if name in results}  # type: ignore[arg-type]
    for name, body in found.items():
        begin, end = f"<!-- measured: {name} -->\n", f"<!-- end of {name} -->"
        before, rest = text.split(begin)
        text = f"{before}{begin}{body}\n{rest[rest.index(end) :]}"
    return text
