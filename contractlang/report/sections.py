"""The sections of a settlement statement, in the order in which people read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contractlang.data.cellwords import expected_text
from contractlang.report.document import Block, Document, Facts, Heading, Numbered, Table
from contractlang.report.dues import absorbed, cash, shares
from contractlang.report.numbers import count, day, money, percent
from contractlang.report.shown import derivations, production, reports
from contractlang.report.words import Words
from contractlang.statement.figures import cents_of
from contractlang.statement.figures import money as euros
from contractlang.statement.model import (
    CeilingPart,
    CheckPart,
    ContractPart,
    DataPart,
    FilePart,
    PartyTotal,
    RefusedPart,
    Statement,
)

MOST_LINES = 60  # of a table that can grow with the data; what is left out is one line with its sum


def document(statement: Statement, words: Words) -> Document:
    """The whole statement as a document. Every printed column of addends sums to its printed total."""
    sections = (
        _head(statement, words),
        data(statement, words),
        _summary(statement, words),
        _by_party(statement, words),
        flow(statement, words),
        refused(statement.rejections, "rejections", words),
        refused(statement.pending, "pending", words),
        bad_cells(statement, words),
        absorbed(statement, words),
        ceilings(statement, words),
        shares(statement, words),
        cash(statement, words),
        reports(statement, words),
        production(statement, words),
        derivations(statement, words),
        _order(statement, words),
        _defaults(statement, words),
        _checks(statement, words),
    )
    return tuple(block for section in sections for block in section)


def _head(statement: Statement, words: Words) -> Iterable[Block]:
    contract, language = statement.contract, words.language
    provider = contract.provider
    if provider is None:
        separately = f"{count(len(contract.parties), language)} {words('providers')}"
        provider = separately if contract.separately else words("together")
    term = f"{day(contract.term_first, language)} {words('through')} {day(contract.term_last, language)}"
    yield Heading(words("statement"), 1)
    yield Facts(
        (
            (words("contract"), f"{contract.name}, {words('version')} {contract.version}"),
            (words("payer"), contract.payer),
            (words("provider"), provider),
            (words("term"), term),
            (words("as_of"), day(statement.as_of, language)),
            (words("settle"), words(f"every.{contract.settle}")),
            (words("hash"), contract.sha256),
            *frameworks(contract, words),
            (words("engine"), statement.engine),
            *(() if statement.lines_sha256 is None else ((words("lines_hash"), statement.lines_sha256),)),
        )
    )


def frameworks(contract: ContractPart, words: Words) -> Iterator[tuple[str, str]]:
    """Under which frameworks the contract stands, with the hash of each."""
    for one in contract.frameworks:
        yield words("framework"), f"{one.file}: {one.name}, {words('version')} {one.version}"
        yield words("framework_hash"), one.sha256


def data(statement: Statement, words: Words) -> Iterable[Block]:
    """What was read: files, their hashes, how numbers and dates are written in them."""
    if not statement.data:
        return
    yield Heading(words("data"))
    rows: list[tuple[str, ...]] = []
    facts: list[tuple[str, str]] = []
    for one in statement.data:
        rows.append((one.table, one.file, count(one.rows, words.language), one.sha256))
        rows += [
            ("", part.file, "–" if part.rows is None else count(part.rows, words.language), part.sha256)
            for part in one.files
        ]
        facts += _written(one.table, one, words)
        for part in one.files:
            facts += _written(f"{one.table}, {part.file}", part, words)
    headers = (words("table"), words("file"), words("rows"), words("sha256"))
    yield Table(headers, (False, False, True, False), tuple(rows))
    if facts:
        yield Facts(tuple(facts))


def _written(name: str, one: DataPart | FilePart, words: Words) -> Iterator[tuple[str, str]]:
    """How numbers and dates are written in a table or one of its files, and the columns that nobody uses."""
    for key, found in (("decimal", one.decimal), ("dates", one.dates)):
        if found:
            yield f"{name}, {words(key)}", ", ".join(f"{c}: {sign}" for c, sign in found.items())
    if one.ignored:
        yield f"{name}, {words('ignored')}", ", ".join(one.ignored)


def _summary(statement: Statement, words: Words) -> Iterable[Block]:
    yield Heading(words("summary"))
    rows = tuple(
        (one.article, one.title, words("people") if one.amount is None else money(one.amount, words.language))
        for one in statement.titles
    )
    headers = (words("article"), words("title"), words("amount"))
    total = ("", words("total"), money(statement.total, words.language))
    yield Table(headers, (False, False, True), rows, total)
    notes = tuple(
        (f"{words('article')} {post.article}", f"{post.note} ({words('people')})")
        for post in statement.posts
        if post.amount is None
    )
    if notes:
        yield Facts(notes)


def _by_party(statement: Statement, words: Words) -> Iterable[Block]:
    """Per party and period when there are several; a single amount would only repeat the total."""
    lines = [one for one in statement.parties if one.period is not None]
    several = len({one.party for one in lines}) > 1
    if len(lines) < 2:
        return
    yield Heading(words("by_party" if several else "by_period"))
    shown, left = lines[:MOST_LINES], lines[MOST_LINES:]
    rows = [_party_line(one, words, several) for one in shown]
    if left:
        rest = money(euros(sum(cents_of(one.amount) for one in left)), words.language)
        rows.append((*_label(words("others", n=str(len(left))), several), rest))
    total = (*_label(words("total"), several), money(statement.total, words.language))
    headers = (*((words("party"),) if several else ()), words("period"), words("amount"))
    yield Table(headers, (*((False,) if several else ()), False, True), tuple(rows), total)


def _label(text: str, several: bool) -> tuple[str, ...]:
    return (text, "") if several else (text,)


def _party_line(one: PartyTotal, words: Words, several: bool) -> tuple[str, ...]:
    period = words.code("period", one.period or "")
    return (*((one.party or "–",) if several else ()), period, money(one.amount, words.language))


def flow(statement: Statement, words: Words) -> Iterable[Block]:
    """Where the claims went, in rows and euros."""
    rows, amounts, language = statement.rows, statement.amounts, words.language
    if not rows.submitted:
        return
    lines = [
        (words("paid"), count(rows.paid + rows.partly, language), money(amounts.paid, language)),
        (words("cut"), count(rows.cut, language), money(amounts.cut, language)),
        (words("rejected"), count(rows.rejected, language), money(amounts.rejected, language)),
        (words("held"), count(rows.pending, language), money(amounts.pending, language)),
    ]
    if rows.absorbed:
        lines.insert(2, (words("absorbed"), count(rows.absorbed, language), money(amounts.absorbed, language)))
    yield Heading(words("flow"))
    total = (words("submitted"), count(rows.submitted, language), money(amounts.submitted, language))
    yield Table(("", words("rows"), words("amount")), (False, True, True), tuple(lines), total)
    yield Facts(
        (
            (words("partly"), count(rows.partly, language)),
            (words("difference"), money(amounts.price_difference, language)),
        )
    )


def refused(parts: Sequence[RefusedPart], key: str, words: Words) -> Iterable[Block]:
    """Rows that do not count, by table and reason."""
    if not parts:
        return
    yield Heading(words(key))
    language = words.language
    rows = tuple(
        (one.table, words.code("reason", one.reason), count(one.rows, language), money(one.amount, language))
        for one in parts
    )
    known = [one.amount for one in parts if one.amount is not None]
    sums = money(euros(sum(map(cents_of, known))), language) if known else "–"
    total = (words("total"), "", count(sum(one.rows for one in parts), language), sums)
    headers = (words("table"), words("reason"), words("rows"), words("amount"))
    yield Table(headers, (False, False, True, True), rows, total)


def bad_cells(statement: Statement, words: Words) -> Iterable[Block]:
    """The first cells that could not be used, with what was expected."""
    if not statement.bad_cells:
        return
    yield Heading(words("bad_cells"))
    apart = any(one.file for one in statement.bad_cells)
    rows = [
        (
            one.table,
            *([one.file] if apart else []),
            str(one.row),
            one.column,
            one.text,
            expected_text(one.expected, words.language),
        )
        for one in statement.bad_cells[:MOST_LINES]
    ]
    keys = ("table", *(["file"] if apart else []), "row", "column", "text", "expected")
    if len(statement.bad_cells) > MOST_LINES:
        others = words("others", n=str(len(statement.bad_cells) - MOST_LINES))
        rows.append((others, *[""] * (len(keys) - 1)))
    yield Table(tuple(map(words, keys)), tuple(key == "row" for key in keys), tuple(rows))


def ceilings(statement: Statement, words: Words) -> Iterable[Block]:
    """Every ceiling with its use; the fullest when there are many."""
    if not statement.ceilings:
        return
    yield Heading(words("ceilings"))
    shown = list(statement.ceilings)
    left: list[CeilingPart] = []
    if len(shown) > MOST_LINES:  # the fullest first, else in the order of settlement
        shown.sort(key=lambda one: -cents_of(one.use or "0.00"))
        shown, left = shown[:MOST_LINES], shown[MOST_LINES:]
    rows = [_ceiling(one, words) for one in shown]
    if left:
        sums = [euros(sum(cents_of(getattr(one, name)) for one in left)) for name in ("counted", "cut")]
        figures = [money(amount, words.language) for amount in sums]
        rows.append(("", words("others", n=str(len(left))), "", figures[0], figures[1], "", ""))
    cut = euros(sum(cents_of(one.cut) for one in statement.ceilings))
    total = ("", words("total"), "", "", money(cut, words.language), "", "")
    headers = tuple(words(key) for key in ("article", "scope", "ceiling", "counted", "over", "use", "reached"))
    yield Table(headers, (False, False, True, True, True, True, True), tuple(rows), total)
    yield from _delivered(statement, words)


def _delivered(statement: Statement, words: Words) -> Iterable[Block]:
    """What became of care above each ceiling of which the contract says whether delivery goes on."""
    reached = [
        one
        for one in statement.ceilings
        if one.delivery and any(cents_of(text or "0.00") for text in (one.delivered_after, one.outside_after, one.cut))
    ]
    if not reached:
        return
    yield Heading(words("delivered"))
    language = words.language
    rows = tuple(
        (
            one.article, _scope(one, words), words(f"duty.{one.delivery}"), day(one.reached_on, language),
            money(one.delivered_after, language), money(one.outside_after, language), money(one.cut, language),
        )
        for one in reached[:MOST_LINES]
    )  # fmt: skip
    if len(reached) > MOST_LINES:
        rows += (("", words("others", n=str(len(reached) - MOST_LINES)), "", "", "", "", ""),)
    headers = ("article", "scope", "delivery", "reached", "delivered_after", "outside_after", "over")
    yield Table(tuple(map(words, headers)), (False, False, False, True, True, True, True), rows)


def _scope(one: CeilingPart, words: Words) -> str:
    return ", ".join([*([one.party] if one.party else []), *one.scope.values()]) or words("period.term")


def _ceiling(one: CeilingPart, words: Words) -> tuple[str, ...]:
    language = words.language
    scope = _scope(one, words)
    if cents_of(one.moved):
        scope += f" ({words('moved')} {money(one.moved, language)})"
    if one.delivery:
        scope += f" ({words(f'delivery.{one.delivery}')})"
    room = words("unlimited") if one.room is None else money(one.room, language)
    figures = (room, money(one.counted, language), money(one.cut, language))
    return (one.article, scope, *figures, percent(one.use, language), day(one.reached_on, language))


def _order(statement: Statement, words: Words) -> Iterable[Block]:
    yield Heading(words("order"))
    yield Numbered(
        tuple(
            f"{words('article')} {one.article} ({one.head}) {words(f'does.{one.does}', base=', '.join(one.base))}"
            for one in statement.order
        )
    )


def _defaults(statement: Statement, words: Words) -> Iterable[Block]:
    if statement.defaults:
        yield Heading(words("defaults"))
        rows = tuple((one.where, one.choice) for one in statement.defaults)
        yield Table((words("where"), words("choice")), (False, False), rows)


def _checks(statement: Statement, words: Words) -> Iterable[Block]:
    yield Heading(words("checks"))
    rows = tuple(
        (_law(one, words), *(_side(side, words.language) for side in (one.left, one.right))) for one in statement.checks
    )
    yield Table((words("law"), words("left"), words("right")), (False, True, True), rows)


def _law(one: CheckPart, words: Words) -> str:
    law = words.code("law", one.law)
    return law if one.article is None else f"{words('article')} {one.article}: {law}"


def _side(side: str, language: str) -> str:
    return money(side, language) if "." in side else count(int(side), language)
