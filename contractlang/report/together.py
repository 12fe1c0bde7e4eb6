"""The folder that many contracts settled together give: a statement for each, unmatched rows, an index."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec

from contractlang.engine.routing import Member, Router, Stray
from contractlang.report import numbers
from contractlang.report.document import Document, Facts, Heading, Table
from contractlang.report.markdown import as_markdown
from contractlang.report.render import render
from contractlang.report.replacing import replaced
from contractlang.report.text import as_text
from contractlang.report.words import Words
from contractlang.settling.together import Asked, Entry, Took, settle_together
from contractlang.statement.figures import money
from contractlang.statement.model import Statement
from contractlang.statement.together import SETTLED, Index, index_text, read_index

ENDINGS = {"text": ".txt", "markdown": ".md", "json": ".json", "csv": ".csv"}
INDEX, UNMATCHED = "index.json", "unmatched.csv"
COLUMNS = ("file", "row", "reason", "claimed", "contracts")


class ManyError(Exception):
    """The folder of contracts or of statements cannot be used: a code and what its message mentions."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(f"{code}: {arguments}")
        self.code = code
        self.arguments: Mapping[str, str] = arguments


def settle_into(
    out: Path, entries: Sequence[Entry], given: object, router: Callable[[Sequence[Member], date | None], Router],
    asked: Asked, format: str, language: str,
) -> Index:  # fmt: skip
    """Settle and write everything, or nothing. Raises ManyError, BrokenLaw and OSError."""
    if not entries:
        raise ManyError("ZC897")
    _refuse_other_files(out)
    language = language_of(entries, language)
    used = {INDEX, UNMATCHED, f"index{ENDINGS[format]}", "index.txt"}
    with replaced(out) as folder, (folder / UNMATCHED).open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow([Words(language)(f"many.{column}") for column in COLUMNS])

        def statement(entry: Entry, made: Statement) -> str:
            name = _free(Path(entry.file).stem, ENDINGS[format], used)
            (folder / name).write_text(render(made, format, made.contract.language), encoding="utf-8", newline="")
            return name

        def stray(one: Stray, contracts: tuple[str, ...]) -> None:
            claimed = "" if one.submitted is None else money(one.submitted)
            rows.writerow([one.part or Path(one.file).name, one.row, one.reason, claimed, "; ".join(contracts)])

        index = settle_together(entries, given, router, asked, Took(statement, stray))
        file.flush()
        (folder / INDEX).write_text(index_text(index), encoding="utf-8", newline="")
        readable = "markdown" if format == "markdown" else "text"
        (folder / f"index{ENDINGS[readable]}").write_text(shown_index(index, readable, language), encoding="utf-8")
    return index


def language_of(entries: Sequence[Entry], otherwise: str) -> str:
    """The language of the contracts when they agree on one."""
    languages = {entry.contract.language for entry in entries if entry.contract is not None}
    return languages.pop() if len(languages) == 1 else otherwise


def shown_index(index: Index, format: str, language: str) -> str:
    """The index as `text`, `markdown` or `json`; for `csv` as text."""
    if format == "json":
        return index_text(index)
    return (as_markdown if format == "markdown" else as_text)(_document(index, Words(language)))


def _document(index: Index, words: Words) -> Document:
    language = words.language
    settled = sum(one.status == SETTLED for one in index.contracts)
    facts = (
        (words("many.settled"), f"{settled} / {len(index.contracts)}"),
        (words("as_of"), numbers.day(index.as_of, language)),
        (words("engine"), index.engine),
    )
    document: list[Heading | Facts | Table] = [Heading(words("many.title"), 1), Facts(facts)]
    document += [Heading(words("many.contracts")), _contracts(index, words)]
    refused = tuple((one.file, text) for one in index.contracts for text in one.messages)
    if refused:
        document += [Heading(words("many.refused"))]
        document += [Table((words("many.contract"), words("finding")), (False, False), refused)]
    document += [Heading(words("many.files")), _files(index, words)]
    if index.unmatched:
        document += [Heading(words("many.unmatched")), _reasons(index, words)]
    return tuple(document)


def _contracts(index: Index, words: Words) -> Table:
    language = words.language
    rows = tuple(
        (
            one.file, one.name or "–", one.provider or "–",
            "–" if one.rows is None else numbers.count(one.rows, language), numbers.money(one.total, language),
            one.statement or words("many.none"),
        )
        for one in index.contracts
    )  # fmt: skip
    heads: tuple[str, ...] = ("contract", "name", "provider", "rows", "total", "statement")
    return Table(
        tuple(words(f"many.{head}") for head in heads), (False, False, False, True, True, False), rows,
        ("", words("total"), "", "", numbers.money(index.total, language), ""),
    )  # fmt: skip


def _files(index: Index, words: Words) -> Table:
    counts = ("rows", "routed", "unmatched", "several")
    rows = tuple(
        (one.file, *(numbers.count(getattr(one, count), words.language) for count in counts)) for one in index.files
    )
    heads = tuple(words(f"many.{head}") for head in ("file", "rows", "routed", "nobody", "several"))
    return Table(heads, (False, True, True, True, True), rows)


def _reasons(index: Index, words: Words) -> Table:
    rows = tuple(
        (
            one.file, words(f"many.reason.{one.reason}"), numbers.count(one.rows, words.language),
            numbers.money(one.amount, words.language),
        )
        for one in index.unmatched
    )  # fmt: skip
    heads = tuple(words(f"many.{head}") for head in ("file", "reason", "rows", "claimed"))
    return Table(heads, (False, False, True, True), rows)


def _free(stem: str, ending: str, used: set[str]) -> str:
    """A file name that nothing else in the folder has, in any case of letters."""
    while f"{stem}{ending}".casefold() in used:
        stem += "_"
    used.add(f"{stem}{ending}".casefold())
    return f"{stem}{ending}"


def _refuse_other_files(out: Path) -> None:
    """An existing folder is replaced only when an earlier run wrote it, or when it is empty."""
    if not out.exists():
        return
    if not out.is_dir():
        raise ManyError("ZC898", folder=str(out), file=out.name)
    names = sorted(path.name for path in out.iterdir())
    try:
        index = read_index((out / INDEX).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError):
        if names:
            raise ManyError("ZC898", folder=str(out), file=names[0]) from None
        return
    known = {INDEX, UNMATCHED, "index.txt", "index.md"} | {one.statement for one in index.contracts}
    other = [name for name in names if name not in known]
    if other:
        raise ManyError("ZC898", folder=str(out), file=other[0])
