"""A statement in the format that was asked for."""

from __future__ import annotations

import csv
from io import StringIO

from contractlang.report.markdown import as_markdown
from contractlang.report.sections import document
from contractlang.report.text import as_text
from contractlang.report.words import Words
from contractlang.statement.model import Statement, statement_text

FORMATS = ("text", "markdown", "json", "csv")
POST_COLUMNS = ("article", "head", "party", "period", "amount", "quantity", "unit", "rows", "note")


def render(statement: Statement, format: str, language: str) -> str:
    """The statement as `text`, `markdown`, `json` (all of it) or `csv` (its posts), in `nl` or `en`.

    JSON and CSV carry amounts with a decimal point whatever the language, for programs. Raises ValueError for another
    format.
    """
    if format == "json":
        return statement_text(statement)
    if format == "csv":
        return _posts(statement, Words(language))
    if format == "markdown":
        return as_markdown(document(statement, Words(language)))
    if format == "text":
        return as_text(document(statement, Words(language)))
    raise ValueError(f"unknown format {format!r}: one of {', '.join(FORMATS)}")


def _posts(statement: Statement, words: Words) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([words(column) for column in POST_COLUMNS])
    for post in statement.posts:
        cells = (getattr(post, column) for column in POST_COLUMNS)
        writer.writerow(["" if cell is None else cell for cell in cells])
    return out.getvalue()
