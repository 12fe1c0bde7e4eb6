"""The totals of a simulation as an SVG file: title, axes with units, legend; every point says its scenario and amount."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from html import escape

from msgspec import Struct

from contractlang.report.numbers import money
from contractlang.report.numbers import number as written
from contractlang.report.words import Words
from contractlang.simulate.axis import ends, place, ticks
from contractlang.simulate.outcomes import Simulation
from contractlang.simulate.series import Line, Plotted, Point, plotted
from contractlang.statement.figures import money as euros

WIDTH, TOP, BOTTOM, LEFT, RIGHT, HIGH = 820, 60, 64, 130, 30, 320
ROW = 22  # of the legend
# told apart by colour-blind people too (Okabe and Ito), and by their dashes
COLOURS = ("#0072b2", "#d55e00", "#007a5a", "#cc79a7", "#8c6d00", "#56b4e9", "#000000")
DASHES = ("", "6 3", "2 3", "9 3 2 3")


class Frame(Struct, frozen=True):
    """What the ends of both axes stand for."""

    left: Fraction
    right: Fraction
    low: Fraction
    high: Fraction

    def x(self, at: Fraction) -> int:
        """The column of a value."""
        return LEFT + place(at, self.left, self.right, WIDTH - LEFT - RIGHT)

    def y(self, total: Fraction) -> int:
        """The row of an amount in cents."""
        return TOP + HIGH - place(total, self.low, self.high, HIGH)


def svg(made: Simulation) -> str:
    """The plot as the text of an SVG file, in the language of the contract."""
    words = Words(made.language)
    shown = plotted(made, words)
    every = [Fraction(one) for line in shown.lines for point in line.points for one in (point.lowest, point.highest)]
    levels = ticks(*ends([*every, Fraction(made.base.total)]))
    left, right = ends([point.at for line in shown.lines for point in line.points])
    frame = Frame(left, right, levels[0], levels[-1])
    legend = [line.name for line in shown.lines if line.name]
    height = TOP + HIGH + BOTTOM + ROW * (len(legend) + 1)
    parts = [*_head(made, words, height), *_axes(shown, frame, levels, words), *_base(made, frame)]
    for number, line in enumerate(shown.lines):
        parts += _line(line, number, frame, shown.joined, words)
    parts += _legend(legend, words)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _head(made: Simulation, words: Words, height: int) -> Iterator[str]:
    title = f"{words('whatif')}: {made.name}, {words('version')} {made.version}"
    totals = [one.median.amounts.total for one in made.scenarios]
    amounts = {
        name: _money(one, words)
        for name, one in (("low", min(totals)), ("high", max(totals)), ("base", made.base.total))
    }
    said = words("whatif.plotted", n=str(len(totals)), **amounts)
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" '
        f'role="img" aria-labelledby="title desc" lang="{made.language}" font-family="sans-serif" font-size="13" fill="#222222">'
    )
    yield f'<title id="title">{escape(title)}</title>'
    yield f'<desc id="desc">{escape(said)}</desc>'
    yield f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
    yield _text(LEFT, 26, title, ' font-size="16" font-weight="bold"')
    yield _text(LEFT, TOP - 14, words("whatif.axis"))


def _axes(shown: Plotted, frame: Frame, levels: tuple[Fraction, ...], words: Words) -> Iterator[str]:
    for level in levels:
        y = frame.y(level)
        yield f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#dddddd"/>'
        yield _text(LEFT - 8, y + 4, f"€ {written(level / 100, words.language, 2)}", ' text-anchor="end"')
    floor = TOP + HIGH
    yield f'<line x1="{LEFT}" y1="{floor}" x2="{WIDTH - RIGHT}" y2="{floor}" stroke="#222222"/>'
    labels = {point.at: point.label for line in shown.lines for point in line.points}
    every = 1 + len(labels) * max(map(len, labels.values())) * 8 // (WIDTH - LEFT - RIGHT)
    for at in sorted(labels)[::every]:
        x = frame.x(at)
        yield f'<line x1="{x}" y1="{floor}" x2="{x}" y2="{floor + 5}" stroke="#222222"/>'
        yield _text(x, floor + 20, labels[at], ' text-anchor="middle"')
    middle = LEFT + (WIDTH - LEFT - RIGHT) // 2
    yield _text(middle, floor + 44, shown.axis, ' text-anchor="middle"')


def _base(made: Simulation, frame: Frame) -> Iterator[str]:
    y = frame.y(Fraction(made.base.total))
    yield f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#666666" stroke-dasharray="1 4"/>'


def _line(line: Line, number: int, frame: Frame, joined: bool, words: Words) -> Iterator[str]:
    colour, dash = _look(number)
    places = [(frame.x(point.at), frame.y(Fraction(point.total))) for point in line.points]
    if joined and len(places) > 1:
        path = " ".join(f"{x},{y}" for x, y in places)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
    for (x, y), point in zip(places, line.points, strict=True):
        if point.lowest < point.highest:
            top, bottom = frame.y(Fraction(point.highest)), frame.y(Fraction(point.lowest))
            yield f'<line x1="{x}" y1="{top}" x2="{x}" y2="{bottom}" stroke="{colour}"/>'
        yield f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"><title>{escape(_said(point, line, words))}</title></circle>'


def _said(point: Point, line: Line, words: Words) -> str:
    named = [f"{words('whatif.scenario')} {point.scenario}", line.name, point.label]
    return ", ".join(dict.fromkeys(name for name in named if name)) + f": {_money(point.total, words)}"


def _legend(names: list[str], words: Words) -> Iterator[str]:
    y = TOP + HIGH + BOTTOM
    yield f'<line x1="{LEFT}" y1="{y}" x2="{LEFT + 30}" y2="{y}" stroke="#666666" stroke-dasharray="1 4"/>'
    yield _text(LEFT + 38, y + 4, words("as_it_stands"))
    for number, name in enumerate(names):
        y += ROW
        colour, dash = _look(number)
        yield f'<line x1="{LEFT}" y1="{y}" x2="{LEFT + 30}" y2="{y}" stroke="{colour}" stroke-width="2"{dash}/>'
        yield f'<circle cx="{LEFT + 15}" cy="{y}" r="4" fill="{colour}"/>'
        yield _text(LEFT + 38, y + 4, name)


def _look(number: int) -> tuple[str, str]:
    dash = DASHES[number % len(DASHES)]
    return COLOURS[number % len(COLOURS)], f' stroke-dasharray="{dash}"' if dash else ""


def _money(amount: int, words: Words) -> str:
    return money(euros(amount), words.language)


def _text(x: int, y: int, text: str, more: str = "") -> str:
    return f'<text x="{x}" y="{y}"{more}>{escape(text)}</text>'
