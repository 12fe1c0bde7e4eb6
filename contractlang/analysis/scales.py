"""Scales: the kind is always named; edges, gaps and the outside are checked."""

from __future__ import annotations

import re
from fractions import Fraction

from contractlang.analysis.cells import read_value
from contractlang.analysis.draft import Draft
from contractlang.base.units import EURO, NUMBER, Unit
from contractlang.model.lists import Scale, ScaleKind, Step
from contractlang.syntax.tree import Cell, Line, Row
from contractlang.syntax.words import cell_words

KINDS = {
    "_STEPWISE": ScaleKind.STEPWISE,
    "_LINEAR": ScaleKind.LINEAR,
    "_EACH_SLICE": ScaleKind.EACH_SLICE,
    "_WHOLE_VOLUME": ScaleKind.WHOLE_VOLUME,
}
VALUES = re.compile(r"€?[ \u00a0]*[-\u2212]?\d[\d.,]*[ \u00a0]*%?")
Edge = tuple[Fraction | None, Fraction | None]


def read_scales(draft: Draft, blocks: list[Line]) -> None:
    """All scale blocks."""
    for block in blocks:
        node = block.node
        assert node is not None
        word = next(iter(node.node(0).words()))
        if not draft.declare(word):
            continue
        kind = KINDS[node.node(1).word(0).terminal]
        options = {part.rule: part for part in node.nodes()}
        _required_option(draft, block, kind, set(options))
        if block.lines:
            draft.fault("ZC520", block.lines[0])
        steps, unit, percent, shares = _steps(draft, block, kind)
        edge, edge_percent = _measured(draft, block)
        headings = tuple(cell.text for cell in block.rows[0].cells) if block.rows else ()
        origin = options["measured_from"].node(0).word(0).number if "measured_from" in options else None
        draft.scales[word.string] = Scale(
            word.string,
            kind,
            tuple(steps),
            _lower_included(draft, block, kind, set(options)),
            origin,
            shares and kind is ScaleKind.EACH_SLICE,
            unit,
            percent,
            edge,
            edge_percent,
            headings,
        )
        draft.scale_values[word.string] = (unit, percent)


def _measured(draft: Draft, block: Line) -> tuple[Unit, bool]:
    """What the edges count, by the first that says it: euros, shares, or bare numbers."""
    for row in block.rows[1:]:
        found = next(iter(VALUES.findall(row.cells[0].text)), None) if row.cells else None
        if found is not None:
            return (EURO if "€" in found else NUMBER), "%" in found
    return NUMBER, False


def _required_option(draft: Draft, block: Line, kind: ScaleKind, options: set[str]) -> None:
    """Who may read an edge in two ways must be told: `lower edge included`, `flat outside`."""
    if kind is ScaleKind.LINEAR and "flat_outside" not in options:
        draft.fault("ZC521", block)
    if kind is ScaleKind.STEPWISE and not options & {"lower_edge", "upper_edge"}:
        draft.fault("ZC522", block)


def _lower_included(draft: Draft, block: Line, kind: ScaleKind, options: set[str]) -> bool:
    """To which step a value exactly on an edge belongs; of a whole volume `up to 1,000` holds 1,000 itself."""
    if kind is not ScaleKind.WHOLE_VOLUME:
        return "upper_edge" not in options
    words = cell_words(draft.source.language)
    bounded = [row.cells[0].text for row in block.rows[1:] if row.cells and row.cells[0].text not in words["beyond"]]
    inclusive = [any(text.startswith(word + " ") for word in words["up_to"]) for text in bounded]
    if (any(inclusive) and "lower_edge" in options) or not (all(inclusive) or options & {"lower_edge", "upper_edge"}):
        draft.fault("ZC522", block)
    return "lower_edge" in options


def _steps(draft: Draft, block: Line, kind: ScaleKind) -> tuple[list[Step], Unit, bool, bool]:
    steps: list[Step] = []
    unit, percent, shares = NUMBER, False, False
    previous: Fraction | None = None if kind in (ScaleKind.STEPWISE, ScaleKind.LINEAR) else Fraction(0)
    if len(block.rows) < 2:
        draft.fault("ZC523", block)
    for row in block.rows[1:]:
        if len(row.cells) != 2:
            draft.fault("ZC508", row.place, wanted=2, found=len(row.cells))
            continue
        edge, share = _edge(draft, row.cells[0], previous, kind)
        value = _value(draft, row.cells[1], (unit, percent) if steps else (NUMBER, False))
        if edge is None or value is None:
            continue
        if steps and (value[1:] != (unit, percent) or (edge != (edge[0], None) and share != shares)):
            draft.fault("ZC527", row.place)
            continue
        unit, percent, shares = value[1], value[2], shares or share
        _contiguous(draft, row, steps, edge, kind)
        previous = edge[1] if kind not in (ScaleKind.STEPWISE, ScaleKind.LINEAR) else edge[0]
        steps.append(Step(edge[0], edge[1], value[0], row.cells[1].open))
    if kind is ScaleKind.WHOLE_VOLUME and steps and steps[-1].high is not None:
        draft.fault("ZC528", block.rows[-1].place)
    if kind is ScaleKind.STEPWISE:  # a step reaches to the next edge
        tops = [*(step.low for step in steps[1:]), *[None][: len(steps)]]
        steps = [Step(step.low, top, step.value, step.open) for step, top in zip(steps, tops, strict=True)]
    return steps, unit, percent, shares


def _value(draft: Draft, cell: Cell, like: tuple[Unit, bool]) -> tuple[Fraction, Unit, bool] | None:
    """The value of a step; one that is open (`... %`, `€ ...`, or `...` as those before it) stands at zero until it is filled."""
    if not cell.open:
        return read_value(draft, cell)
    unit, percent = (EURO, False) if cell.text[0] == "€" else (NUMBER, True) if cell.text[-1] == "%" else like
    draft.hole("percentage" if percent else "amount", cell.place)
    return Fraction(0), unit, percent


def _edge(draft: Draft, cell: Cell, previous: Fraction | None, kind: ScaleKind) -> tuple[Edge | None, bool]:
    """The edges of a step, and whether they are shares: `up to 5.0 %`, `below 360`, `360 to 440`, `beyond`, a point."""
    words = cell_words(draft.source.language)

    def either(name: str) -> str:
        return "(?:" + "|".join(map(re.escape, words[name])) + ")"

    number, text = r"(.+?)", cell.text
    if re.fullmatch(either("beyond"), text):
        return (previous, None), False
    if kind in (ScaleKind.STEPWISE, ScaleKind.LINEAR) and read_points_only(cell.text, draft.source.language):
        draft.fault("ZC529", cell.place, text=text)
        return None, False
    for pattern, build in (
        (rf"{either('up_to')}\s+{number}", lambda f: (previous, f[0])),
        (rf"{either('below')}\s+{number}", lambda f: (None, f[0])),
        (rf"{either('above')}\s+{number}", lambda f: (f[0], None)),
        (rf"{number}\s+{either('to')}\s+{number}", lambda f: (f[0], f[1])),
    ):
        found = re.fullmatch(pattern, text)
        if found:
            values = [read_value(draft, Cell(part, cell.place)) for part in found.groups()]
            if any(value is None for value in values):
                return None, False
            good = [value for value in values if value is not None]
            return build([value[0] for value in good]), good[0][2]
    value = read_value(draft, cell)
    if value is None:
        return None, False
    if kind in (ScaleKind.EACH_SLICE, ScaleKind.WHOLE_VOLUME):
        draft.fault("ZC524", cell.place, text=text)
        return None, False
    return (value[0], value[0] if kind is ScaleKind.LINEAR else None), value[2]


def read_points_only(text: str, language: str) -> bool:
    """Whether an edge is written as a slice, where the scale has points."""
    words = cell_words(language)
    starts = [word for name in ("up_to", "below", "above", "to") for word in words[name]]
    return any(re.search(rf"(?:^|\s){re.escape(word)}\s", text) for word in starts)


def _contiguous(draft: Draft, row: Row, steps: list[Step], edge: Edge, kind: ScaleKind) -> None:
    if not steps:
        return
    last = steps[-1]
    if kind in (ScaleKind.STEPWISE, ScaleKind.LINEAR):
        if last.low is not None and edge[0] is not None and edge[0] <= last.low:
            draft.fault("ZC525", row.place)
        return
    low, high = edge
    if last.high is None or low is None or low != last.high or (high is not None and high <= low):
        draft.fault("ZC526", row.place)
