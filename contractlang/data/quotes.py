"""Quotes that do not close, or close too early: a fault of the file, for nobody knows where its cells end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from contractlang.data.faults import Refusal, shown
from contractlang.data.files import BLOCK, blocks, opened
from contractlang.data.prepared import Dialect
from contractlang.data.survey import LONGEST_LINE, too_long

LARGE = 4 << 20  # from here on the quick test pays for itself
csv.field_size_limit(LONGEST_LINE)  # the engines read with the same module; its own limit is 131 072 characters


def records(path: Path, dialect: Dialect, origin: str) -> Iterator[Sequence[str]]:
    """The rows behind the header; a blank line is no row. Raises Refusal ZC736 or ZC737 for quotes that do not fit, ZC709."""
    with opened(path, origin) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
        reader = csv.reader(text, delimiter=dialect.delimiter, strict=True)
        row = 0
        try:
            next(reader, None)
            for record in reader:
                if record:
                    row += 1
                    yield record
        except csv.Error as fault:
            if "field limit" in str(fault):
                raise too_long(origin, reader.line_num) from None
            code = "ZC737" if "expected after" in str(fault) else "ZC736"
            raise Refusal(code, file=origin, row=str(row + 1)) from None
        finally:
            text.detach()


def check_quotes(path: Path, dialect: Dialect, origin: str, size: int) -> None:
    """Raises Refusal when a quote is never closed, something stands behind a closing quote, or blanks before an opening one.

    The last is text with quotes in it to some readers and a quoted cell to others, DuckDB among them.
    """
    if size >= LARGE and _tidy(path, dialect, origin):
        return
    for row, record in enumerate(records(path, dialect, origin), start=1):
        for cell in record:
            if cell[:1] in (" ", "\t") and cell.lstrip(" \t")[:1] == '"':
                raise Refusal("ZC748", file=origin, row=str(row), sample=shown(cell, 40))


def _tidy(path: Path, dialect: Dialect, origin: str) -> bool:
    """Whether every quote opens behind, or closes before, a delimiter, a line end or another quote.

    A cell that goes on for many blocks is not tidy: whether it is too long is for the slow reader to say.
    """
    import numpy as np  # heavy, and only for large files with quotes

    beside = np.zeros(256, dtype=bool)
    beside[list(f'{dialect.delimiter}\n\r"'.encode())] = True
    inside, quiet, carry = 0, 0, b"\n"
    for block in chain(blocks(path, origin), (b"\n",)):
        data = np.frombuffer(carry + block, dtype=np.uint8)
        at = np.flatnonzero(data[1:-1] == ord('"')) + 1
        opening, closing = at[inside::2], at[1 - inside :: 2]
        if not (beside[data[opening - 1]].all() and beside[data[closing + 1]].all()):
            return False
        quiet = 0 if len(at) else quiet + inside
        if quiet * BLOCK > LONGEST_LINE - 2 * BLOCK:
            return False
        inside ^= len(at) & 1
        carry = (carry + block)[-2:]
    return inside == 0
