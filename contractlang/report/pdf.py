"""A document as PDF. The library is an extra: `pip install contractlang[pdf]`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from contractlang.report.document import (
    Block,
    Clauses,
    Document,
    Facts,
    Heading,
    Listed,
    Numbered,
    Paragraph,
    Quote,
    Signing,
    Table,
    lettered,
    split_names,
)

EDGE = 56  # points from the edge of the paper
SIZE = 9.5
NARROW = 7.5  # the size of a table
FACES = {"": "Vera", "Bd": "VeraBd", "It": "VeraIt", "BI": "VeraBI"}


class NoPdf(Exception):
    """The library that writes PDF is not installed."""


def as_pdf(document: Document, title: str, foot: str) -> bytes:
    """The document as PDF on A4, its fonts in it, the same bytes for the same document; `foot` is on every page. Raises NoPdf."""
    try:
        from reportlab.platypus import SimpleDocTemplate
    except ImportError:
        raise NoPdf from None
    styles = _styles()
    out = BytesIO()
    page = {f"{side}Margin": EDGE for side in ("left", "right", "top", "bottom")}
    paper = SimpleDocTemplate(out, pagesize=(595.28, 841.89), title=title, invariant=1, **page)
    flow = [part for block in document for part in _block(block, styles, paper.width)]
    draw = partial(_foot, foot)
    paper.build(flow, onFirstPage=draw, onLaterPages=draw)
    return out.getvalue()


def _foot(text: str, canvas: Any, paper: Any) -> None:
    canvas.setFont("Vera", NARROW - 1)
    canvas.drawString(EDGE, EDGE / 2, text)
    canvas.setFont("Vera", NARROW)
    canvas.drawRightString(595.28 - EDGE, EDGE / 2, str(paper.page))


def _styles() -> dict[str, Any]:
    """Fonts that stand in the library itself: they know € and every letter of Dutch and English."""
    import reportlab
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    folder = os.path.join(os.path.dirname(reportlab.__file__), "fonts")
    for name in FACES.values():
        registerFont(TTFont(name, os.path.join(folder, f"{name}.ttf")))
    registerFontFamily("Vera", *FACES.values())
    body = ParagraphStyle("body", fontName="Vera", fontSize=SIZE, leading=SIZE * 1.4, spaceAfter=4)
    small = ParagraphStyle("cell", parent=body, fontSize=NARROW, leading=NARROW * 1.3, spaceAfter=0)
    return {
        "body": body,
        "cell": small,
        "right": ParagraphStyle("right", parent=small, alignment=2),
        "quote": ParagraphStyle("quote", parent=body, fontName="VeraIt", leftIndent=14, spaceAfter=6),
        **{
            f"h{level}": ParagraphStyle(
                f"h{level}",
                parent=body,
                fontName="VeraBd",
                fontSize=size,
                leading=size * 1.25,
                spaceBefore=size,
                spaceAfter=size / 2,
                keepWithNext=1,
            )
            for level, size in ((1, 16), (2, 13), (3, 10.5))
        },
        "clause": ParagraphStyle("clause", parent=body, leftIndent=22, bulletIndent=0),
        "step": ParagraphStyle("step", parent=body, leftIndent=42, bulletIndent=24),
    }


def _block(block: Block, styles: dict[str, Any], width: float) -> Iterator[Any]:
    from reportlab.platypus import KeepTogether, Spacer
    from reportlab.platypus import Paragraph as Flowing

    match block:
        case Heading(text, level):
            yield Flowing(_marked(text), styles[f"h{level}"])
        case Paragraph(text):
            yield Flowing(_marked(text), styles["body"])
        case Quote(text):
            yield Flowing(_marked(text), styles["quote"])
        case Facts(facts):
            yield _facts(facts, styles, width)
        case Numbered(items):
            for number, item in enumerate(items, start=1):
                yield Flowing(_marked(item), styles["clause"], bulletText=f"{number}.")
        case Listed(listed):
            for name, lines in listed:
                yield Flowing(_marked(name), styles["clause"], bulletText="•")
                for line in lines:
                    yield Flowing(_marked(line), styles["step"], bulletText="–")
        case Clauses(items):
            for number, one in enumerate(items, start=1):
                yield Flowing(_marked(one.text), styles["clause"], bulletText=f"{number}.")
                for index, step in enumerate(one.steps):
                    yield Flowing(_marked(step), styles["step"], bulletText=f"{lettered(index)}.")
        case Table():
            yield _table(block, styles, width)
            yield Spacer(1, 8)
        case Signing(parties):
            for party in parties:
                dotted = tuple((label, value or "." * 60) for label, value in party)
                yield KeepTogether([_facts(dotted, styles, width), Spacer(1, 24)])


def _facts(facts: tuple[tuple[str, str], ...], styles: dict[str, Any], width: float) -> Any:
    from reportlab.platypus import Paragraph as Flowing
    from reportlab.platypus import Table as Grid

    cells = [[Flowing(_marked(text), styles["body"]) for text in fact] for fact in facts]
    return Grid(cells, [width * 0.28, width * 0.72], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])


def _table(table: Table, styles: dict[str, Any], width: float) -> Any:
    """Rows run over pages and the headers come again; columns get room by what they hold."""
    from reportlab.platypus import Paragraph as Flowing
    from reportlab.platypus import Table as Grid

    rows = [table.headers, *table.rows, *([table.total] if table.total else [])]
    cells = [
        [
            Flowing(_marked(cell), styles["right" if right else "cell"])
            for cell, right in zip(row, table.right, strict=True)
        ]
        for row in rows
    ]
    longest = [min(60, max(4, *(len(row[index]) for row in rows))) for index in range(len(table.headers))]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.4, "#999999"),
        ("BACKGROUND", (0, 0), (-1, 0), "#eeeeee"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
    return Grid(cells, [width * one / sum(longest) for one in longest], repeatRows=1, style=style)


def _marked(text: str) -> str:
    """Text with what the library reads as markup escaped, and names in italics."""
    return "".join(f"<i>{escape(piece)}</i>" if named else escape(piece) for piece, named in split_names(text))
