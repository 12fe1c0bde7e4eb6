"""A document as one HTML file that needs no other: its style, also for paper, stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from contractlang.report.document import (
    Block,
    Clause,
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
    split_names,
)

STYLE = """
:root { color-scheme: light; }
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #111; max-width: 46em; margin: 2em auto; padding: 0 1em; }
h1 { font-size: 1.6em; } h2 { font-size: 1.25em; margin-top: 2em; border-bottom: 1px solid #999; } h3 { font-size: 1.05em; }
code { font: 0.92em/1 "DejaVu Sans Mono", Menlo, Consolas, monospace; }
blockquote { margin: 0.6em 0 0.6em 1em; padding-left: 0.8em; border-left: 3px solid #bbb; font-style: italic; }
ol.steps { list-style: lower-alpha; } li { margin: 0.25em 0; }
table { border-collapse: collapse; margin: 0.8em 0; font-size: 0.92em; }
th, td { border: 1px solid #bbb; padding: 0.25em 0.5em; text-align: left; vertical-align: top; }
td.right, th.right { text-align: right; } tr.total td { font-weight: bold; border-top: 2px solid #555; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2em 1.2em; } dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; }
.signing { display: grid; grid-template-columns: 1fr 1fr; gap: 2em; margin-top: 2em; }
.signing dl { grid-template-columns: max-content 1fr; row-gap: 1.4em; break-inside: avoid; }
.signing dd { border-bottom: 1px dotted #555; min-width: 8em; }
@media screen { table { display: block; max-width: 100%; overflow-x: auto; } }
@media print {
  @page { size: A4; margin: 22mm 20mm; }
  body { max-width: none; margin: 0; padding: 0; font-size: 10pt; }
  h1, h2, h3 { break-after: avoid; } tr, blockquote, dl { break-inside: avoid; }
  td { overflow-wrap: anywhere; } thead { display: table-header-group; }
}
"""


def as_html(document: Document, title: str, language: str) -> str:
    """The document as a page that loads nothing; text of the contract never becomes markup."""
    body = "\n".join(_block(block) for block in document)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{marked(text)}</h{level}>"
        case Facts(facts):
            return f"<dl>{''.join(_fact(label, value) for label, value in facts)}</dl>"
        case Table():
            return "\n".join(_table(block))
        case Numbered(items):
            return f"<ol>\n{''.join(f'<li>{marked(item)}</li>' for item in items)}</ol>"
        case Listed(listed):
            return f"<ul>\n{''.join(_listed(name, lines) for name, lines in listed)}</ul>"
        case Paragraph(text):
            return f"<p>{marked(text)}</p>"
        case Quote(text):
            return f"<blockquote>{marked(text)}</blockquote>"
        case Clauses(items):
            return f"<ol>\n{''.join(_clause(item) for item in items)}</ol>"
        case Signing(parties):
            parts = (f"<dl>{''.join(_fact(*line) for line in party)}</dl>" for party in parties)
            return f'<div class="signing">{"".join(parts)}</div>'


def _fact(label: str, value: str) -> str:
    return f"<dt>{marked(label)}</dt><dd>{marked(value)}</dd>\n"


def _listed(name: str, lines: tuple[str, ...]) -> str:
    below = "".join(f"<li>{marked(line)}</li>" for line in lines)
    return f"<li>{marked(name)}{f'<ul>{below}</ul>' if below else ''}</li>\n"


def _clause(item: Clause) -> str:
    steps = "".join(f"<li>{marked(step)}</li>" for step in item.steps)
    below = f'<ol class="steps">{steps}</ol>' if steps else ""
    return f"<li>{marked(item.text)}{below}</li>\n"


def _table(table: Table) -> Iterator[str]:
    yield f"<table>\n<thead>{_row(table.headers, table.right, 'th')}</thead>\n<tbody>"
    yield from (_row(row, table.right, "td") for row in table.rows)
    if table.total:
        yield _row(table.total, table.right, "td", ' class="total"')
    yield "</tbody>\n</table>"


def _row(cells: tuple[str, ...], right: tuple[bool, ...], tag: str, kind: str = "") -> str:
    made = (
        f"<{tag}{' class=right' if to_right else ''}>{marked(cell)}</{tag}>"
        for cell, to_right in zip(cells, right, strict=True)
    )
    return f"<tr{kind}>{''.join(made)}</tr>"


def marked(text: str) -> str:
    """Text with what HTML would read escaped, and names as code."""
    return "".join(f"<code>{escape(piece)}</code>" if named else escape(piece) for piece, named in split_names(text))
