"""Where a contract stands: claims, use of ceilings, reports, and what earlier estimates missed by. No amounts to pay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction

from contractlang.report.document import Block, Facts, Heading, Table
from contractlang.report.history import Miss
from contractlang.report.markdown import as_markdown
from contractlang.report.numbers import day, number
from contractlang.report.sections import bad_cells, ceilings, data, flow, frameworks, refused
from contractlang.report.shown import reports
from contractlang.report.text import as_text
from contractlang.report.words import Words
from contractlang.statement.model import Statement, statement_parts


def monitoring(statement: Statement, misses: Sequence[Miss], format: str, language: str) -> str:
    """The monitoring report as `text` or `markdown`, in `nl` or `en`."""
    words = Words(language)
    sections = (
        _head(statement, words),
        data(statement, words),
        flow(statement, words),
        refused(statement.rejections, "rejections", words),
        refused(statement.pending, "pending", words),
        bad_cells(statement, words),
        ceilings(statement, words),
        reports(statement, words),
        _misses(misses, words),
    )
    blocks = tuple(block for section in sections for block in section)
    return as_markdown(blocks) if format == "markdown" else as_text(blocks)


def monitor_json(statement: Statement, misses: Sequence[Miss]) -> str:
    """The same for programs: the statement without what is paid."""
    kept = ("contract", "data", "as_of", "engine", "rejections", "pending", "bad_cells", "ceilings", "reports")
    found = statement_parts(statement, kept)
    found["misses"] = [miss.kept.model_dump() | {"now": miss.now, "error": miss.error} for miss in misses]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _head(statement: Statement, words: Words) -> Iterable[Block]:
    contract = statement.contract
    yield Heading(words("monitoring"), 1)
    yield Facts(
        (
            (words("contract"), f"{contract.name}, {words('version')} {contract.version}"),
            (words("payer"), contract.payer),
            (words("as_of"), day(statement.as_of, words.language)),
            (words("hash"), contract.sha256),
            *frameworks(contract, words),
        )
    )


def _misses(misses: Sequence[Miss], words: Words) -> Iterable[Block]:
    if not misses:
        return
    yield Heading(words("misses"))
    rows = tuple(
        (miss.kept.as_of, miss.kept.title, miss.kept.group, *(number(Fraction(text), words.language) for text in three))
        for miss, three in ((miss, (miss.kept.value, miss.now, miss.error)) for miss in misses)
    )
    headers = tuple(words(key) for key in ("as_of", "figure", "scope", "then", "now", "error"))
    yield Table(headers, (False, False, False, True, True, True), rows)
