"""Whose money it is: rows that are part of another amount, who gets what of it, and what is due in cash."""

from __future__ import annotations

from collections.abc import Iterable

from contractlang.report.document import Block, Heading, Table
from contractlang.report.numbers import money
from contractlang.report.words import Words
from contractlang.statement.figures import cents_of
from contractlang.statement.figures import money as euros
from contractlang.statement.model import SharePart, Statement


def absorbed(statement: Statement, words: Words) -> Iterable[Block]:
    """Shadow production: what rows would cost that are part of a bundle, a lump sum or a capitation."""
    if not statement.absorbed:
        return
    yield Heading(words("shadow"))
    language = words.language
    rows = tuple(
        (
            one.article,
            one.party or "–",
            words.code("period", one.period),
            str(one.rows or 0),
            money(one.amount, language),
        )
        for one in statement.absorbed
    )
    total = ("", words("total"), "", "", money(statement.amounts.absorbed, language))
    headers = tuple(words(key) for key in ("article", "party", "period", "rows", "amount"))
    yield Table(headers, (False, False, False, True, True), rows, total)


def shares(statement: Statement, words: Words) -> Iterable[Block]:
    """Each distribution on its own: names in the order of the steps, summing to what was divided."""
    for head in dict.fromkeys(one.head for one in statement.shares):
        parts = [one for one in statement.shares if one.head == head]
        yield Heading(f"{words('distribution')} ({words('article')} {parts[0].article})")
        rows = tuple(
            (str(one.step), ", ".join([*([one.party] if one.party else []), *one.scope.values()]), _name(one, words),
             money(one.amount, words.language))
            for one in parts
        )  # fmt: skip
        total = ("", "", words("total"), money(euros(sum(cents_of(one.amount) for one in parts)), words.language))
        headers = tuple(words(key) for key in ("step", "scope", "to", "amount"))
        yield Table(headers, (True, False, False, True), rows, total)


def _name(one: SharePart, words: Words) -> str:
    if one.left:
        return words("left_over")
    return words("reserve") if one.to is None else one.to


def cash(statement: Statement, words: Words) -> Iterable[Block]:
    """From what is earned to what is due, per party."""
    if not statement.dues:
        return
    language = words.language
    yield Heading(words("cash"))
    rows = [(one.party or "–", words("earned"), money(one.entitlement, language)) for one in statement.dues]
    rows += [
        (
            one.party or "–",
            f"{words('article')} {one.article}, {words.code('period', one.period)}",
            money(one.amount, language),
        )
        for one in statement.cash
    ]
    yield Table(
        (words("party"), words("title"), words("amount")), (False, False, True), tuple(rows),
        ("", words("due"), money(statement.due, language)),
    )  # fmt: skip
    notes = [one for one in statement.dues if one.set_off]
    if notes:
        lines = tuple(
            (one.party or "–", words("set_off", share=one.at_most or "1"), money(one.due, language)) for one in notes
        )
        yield Table((words("party"), words("title"), words("amount")), (False, False, True), lines)
