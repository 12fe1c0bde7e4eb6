"""What is not wrong but may mislead: names that nothing uses, figures in prose that no clause has."""

from __future__ import annotations

import re
from fractions import Fraction

from contractlang.analysis.draft import Draft
from contractlang.syntax.numbers import NotANumber, read_number
from contractlang.syntax.tree import Document, Line

_FIGURE = re.compile(r"€[ \u00a0]*(\d[\d.,]*\d|\d)|(\d[\d.,]*\d|\d)[ \u00a0]*%")


def lint(draft: Draft, document: Document, unread: bool = False) -> None:
    """Warnings over the whole contract, and the one rule about prose: there is one original of every figure.

    A contract that has errors (`unread`: or lines that could not be read) gets no warning about names that nothing
    uses: what uses them may be what has the error.
    """
    articles = [block for block in document.blocks if block.rule == "article" and any(map(_FIGURE.search, block.prose))]
    if articles and not draft.holes:  # a figure of the prose may be one that is still open
        everywhere = _contract_figures(draft)
        for block in articles:
            _figures_in_prose(draft, block, everywhere)
    if unread or any(fault.severity == "error" for fault in draft.faults):
        return
    for name, place in draft.declared.items():
        if name in draft.mentioned or name in draft.reported or name in draft.tables or name in draft.defines:
            continue
        if name in draft.lookups or name in draft.scales:
            draft.warn("ZC280", place, name=name)


def _figures_in_prose(draft: Draft, block: Line, everywhere: set[Fraction]) -> None:
    """An amount or percentage in the prose of an article must be one of its clauses, or one that stands for all articles."""
    own = _figures(draft, block)
    for text in block.prose:
        for found in _FIGURE.finditer(text):
            try:
                value = read_number(found[1] or found[2], draft.source.language)
            except NotANumber:
                continue
            value = value if found[1] else value / 100
            if value not in own and value not in everywhere and value != 1:
                draft.fault("ZC281", block, figure=found[0])


def _figures(draft: Draft, line: Line) -> set[Fraction]:
    found: set[Fraction] = set()
    if line.node is not None:
        found |= {word.number for word in line.node.words() if word.terminal in ("MONEY", "PERCENT", "NUMBER")}
    for below in line.lines:
        found |= _figures(draft, below)
    return found


def _contract_figures(draft: Draft) -> set[Fraction]:
    """Figures of tariffs, scales and defines: an article may repeat those in words."""
    found = {row.value for info in draft.lookups.values() for row in info.lookup.rows if row.value is not None}
    found |= {edge for scale in draft.scales.values() for step in scale.steps for edge in (step.low, step.high, step.value)
              if edge is not None}  # fmt: skip
    for block in draft.defines.values():
        found |= _figures(draft, block.line)
        if block.verb == "_INDEX":
            found |= _cells(draft, block.line)
    return found


def _cells(draft: Draft, line: Line) -> set[Fraction]:
    """The figures of a table, as numbers and as percentages."""
    found: set[Fraction] = set()
    for row in line.rows:
        for cell in row.cells:
            share = cell.text.endswith("%")
            try:
                value = read_number(cell.text.removesuffix("%").strip(), draft.source.language)
            except NotANumber:
                continue
            found |= {value / 100 if share else value}
    return found
