"""The sections with figures of the contract's own making: its reports, and how each post came about."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from contractlang.report.document import Block, Heading, Table
from contractlang.report.numbers import count, day, money, number, shown
from contractlang.report.words import Words
from contractlang.statement.figures import cents_of
from contractlang.statement.figures import money as euros
from contractlang.statement.model import PostPart, ReportPart, ReportRow, Statement, Step

MOST_FIGURES = 4  # columns of figures beside the keys; a report with more gets one line per figure
MOST_POSTS = 60
IN_EUROS = ("ceiling", "moved", "counted", "paid", "cut", "divided")
VALUE = "value"
ROW_STEPS = ("quantity_times_price", "sum_of_rows")


def reports(statement: Statement, words: Words) -> Iterable[Block]:
    """Every report as a table."""
    for report in statement.reports:
        yield Heading(report.title)
        if report.shares:
            yield proposal(report, words)
        if not report.rows:
            continue
        keys = list(dict.fromkeys(name for row in report.rows for name in row.keys))
        titles = list(dict.fromkeys(one.title for row in report.rows for one in row.figures))
        parties = any(row.party is not None for row in report.rows)
        if len(titles) > MOST_FIGURES:
            yield _long(report, keys, parties, words)
            continue
        party = (words("party"),) if parties else ()
        rows = tuple(
            (*_keys(row, keys, parties, words), *(_figure(row, title, words) for title in titles))
            for row in report.rows
        )
        right = (False,) * (len(party) + len(keys)) + (True,) * len(titles)
        yield Table((*party, *keys, *titles), right, rows)


def proposal(report: ReportPart, words: Words) -> Table:
    """Who would get what, and of which list this would become a new version."""
    rows = tuple(
        (words("left_over") if one.left else one.to or words("reserve"), money(one.amount, words.language))
        for one in report.shares
    )
    total = money(euros(sum(cents_of(one.amount) for one in report.shares)), words.language)
    last = words("total")
    if report.proposes is not None:
        last = words("proposes", name=report.proposes, day=day(report.proposes_from, words.language))
    return Table((words("to"), words("amount")), (False, True), rows, (last, total))


def _long(report: ReportPart, keys: list[str], parties: bool, words: Words) -> Table:
    party = (words("party"),) if parties else ()
    rows = tuple(
        (*_keys(row, keys, parties, words), one.title, _figure(row, one.title, words))
        for row in report.rows
        for one in row.figures
    )
    right = (False,) * (len(party) + len(keys) + 1) + (True,)
    return Table((*party, *keys, words("figure"), words("value")), right, rows)


def _keys(row: ReportRow, keys: list[str], parties: bool, words: Words) -> tuple[str, ...]:
    party = (row.party or "–",) if parties else ()
    return (*party, *(words.code("period", row.keys.get(key, "")) for key in keys))


def _figure(row: ReportRow, title: str, words: Words) -> str:
    for one in row.figures:
        if one.title == title:
            return shown(one.value, one.unit, one.percent, words.language)
    return "–"


def production(statement: Statement, words: Words) -> Iterable[Block]:
    """What articles pay for rows: quantity and amount per post, summing to what was priced."""
    posts = [post for post in statement.posts if _of_rows(post)]
    if not posts:
        return
    parties = any(post.party is not None for post in posts)
    party = (words("party"),) if parties else ()
    shown, left = posts[:MOST_POSTS], posts[MOST_POSTS:]
    rows = [_production(post, parties, words) for post in shown]
    if left:
        rows.append(
            ("", *(("",) if parties else ()), words("others", n=str(len(left))), "", "", "", "", _sum(left, words))
        )
    total = ("", *(("",) if parties else ()), words("total"), "", "", "", "", _sum(posts, words))
    headers = (words("article"), *party, *map(words, ("period", "rows", "quantity", "price", "per", "amount")))
    right = (False, *((False,) if parties else ()), False, True, True, True, False, True)
    yield Heading(words("production"))
    yield Table(headers, right, tuple(rows), total)


def _of_rows(post: PostPart) -> bool:
    return any(step.key in ROW_STEPS for step in post.derivation)


def _sum(posts: list[PostPart], words: Words) -> str:
    return money(euros(sum(cents_of(post.amount or "0.00") for post in posts)), words.language)


def _production(post: PostPart, parties: bool, words: Words) -> tuple[str, ...]:
    figures = post.derivation[0].figures
    quantity = figures.get("quantity")
    unit = "" if post.unit in (None, "each", "number") else f" {words.code('unit', post.unit or '')}"
    return (
        post.article,
        *((post.party or "–",) if parties else ()),
        words.code("period", post.period),
        count(post.rows or 0, words.language),
        "" if quantity is None else f"{_plain(quantity, words)}{unit}",
        _price(figures["price"], words) if "price" in figures else "",
        words.code("grain", figures.get("grain", "")),
        money(post.amount, words.language),
    )


def _price(text: str, words: Words) -> str:
    """A price in euros has at least two decimals, and more when it is written with more."""
    exact = Fraction(text)
    return number(exact, words.language, 2, fixed=True) if (exact * 100).denominator == 1 else _plain(text, words)


def derivations(statement: Statement, words: Words) -> Iterable[Block]:
    """Each other post with its steps; all of them are in the JSON statement when they are many."""
    posts = [post for post in statement.posts if post.derivation and not _of_rows(post)]
    if not posts:
        return
    yield Heading(words("derivation"))
    for post in posts[:MOST_POSTS]:
        yield Heading(_title(post, words), 3)
        rows = tuple(_step(step, words) for step in post.derivation)
        yield Table((words("step"), words("with"), words("value")), (False, False, True), rows)
    if len(posts) > MOST_POSTS:
        yield Heading(words("others", n=str(len(posts) - MOST_POSTS)), 3)


def _title(post: PostPart, words: Words) -> str:
    parts = [f"{words('article')} {post.article} ({post.head})", words.code("period", post.period)]
    if post.party is not None:
        parts.insert(1, post.party)
    return f"{', '.join(parts)}: {money(post.amount, words.language)}"


def _step(step: Step, words: Words) -> tuple[str, str, str]:
    """What is done, with what, and the value after it; a step of a define says of which."""
    figures = dict(step.figures)
    value = figures.pop(VALUE, "")
    done = words.code("step", step.key)
    if step.key == "group":
        return done, ", ".join(f"{name}: {words.code('period', text)}" for name, text in step.figures.items()), ""
    inner = figures.pop("of", None) if step.key != "instalment" else None
    if inner is not None:
        done = f"  {inner}: {done}"
    said = [_said(name, text, words) for name, text in figures.items()]
    return done, ", ".join(one for one in said if one), _value(step, value, words)


def _value(step: Step, value: str, words: Words) -> str:
    if step.key in ("instalment", "taken_off", "left_over"):
        return money(value, words.language)
    return _plain(value, words) if value else ""


def _said(name: str, text: str, words: Words) -> str:
    word = words.code("figure", name)
    if name in IN_EUROS:
        return f"{word} {money(text, words.language)}"
    if name in ("reached_on", "day"):
        return f"{word} {day(date.fromisoformat(text), words.language)}"
    if name in ("scope", "name", "sum_of", "article", "after"):
        return f"{word} {text}".strip()
    return f"{word} {_plain(text, words)}".strip()


def _plain(text: str, words: Words) -> str:
    try:
        return number(Fraction(text), words.language)
    except ValueError:
        return text
