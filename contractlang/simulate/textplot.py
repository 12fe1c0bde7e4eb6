"""The totals of a simulation as a plot of characters: a line for each scenario on one axis."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from contractlang.report.numbers import money
from contractlang.report.words import Words
from contractlang.simulate.axis import ends, place
from contractlang.simulate.outcomes import Scenario, Simulation
from contractlang.statement.figures import money as euros

COLUMNS = 100


def text_plot(made: Simulation, words: Words) -> Iterator[str]:
    """The lines of the plot, at most 100 columns."""
    every = [one for scenario in made.scenarios for one in (scenario.lowest, scenario.highest)] + [made.base.total]
    low, high = ends([Fraction(one) for one in every])
    totals = [money(euros(scenario.median.amounts.total), words.language) for scenario in made.scenarios]
    number, amount = len(str(made.scenarios[-1].number)), max(map(len, totals))
    size = COLUMNS - number - amount - 5
    base = place(Fraction(made.base.total), low, high, size)
    for scenario, total in zip(made.scenarios, totals, strict=True):
        yield f"{scenario.number:>{number}}  {_line(scenario, base, low, high, size)}  {total:>{amount}}"
    first, last = (money(euros(int(end)), words.language) for end in (low, high))
    between = size + 1 - len(first) - len(last)
    yield f"{'':{number}}  └{'─' * (size - 1)}┘"
    yield f"{'':{number}}  {first}{'':{between}}{last}"
    yield f"{'':{number}}  {words('whatif.plot_marks')}"


def _line(scenario: Scenario, base: int, low: Fraction, high: Fraction, size: int) -> str:
    cells = [" "] * (size + 1)
    cells[base] = "┊"
    first, dot, last = (
        place(Fraction(one), low, high, size)
        for one in (scenario.lowest, scenario.median.amounts.total, scenario.highest)
    )
    if first < last:
        cells[first : last + 1] = ["├", *["─"] * (last - first - 1), "┤"]
    cells[dot] = "●"
    return "".join(cells)
