"""The tables of a simulation: the scenarios with their totals, what the articles come to, who gains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contractlang.report.document import Block, Heading, Table
from contractlang.report.numbers import money
from contractlang.report.words import Words
from contractlang.simulate.outcomes import Amounts, Scenario, Simulation, favours
from contractlang.statement.figures import money as euros

WIDEST = 96  # characters for columns of articles


def cents(amount: int | None, words: Words) -> str:
    """An amount in cents for people; words where people decide it."""
    return words("people") if amount is None else money(euros(amount), words.language)


def volume_text(scenario: Scenario, language: str) -> str:
    """The volume of a scenario, with its sign."""
    return scenario.volume.written(language, signed=True) if scenario.volume else ""


def scenarios(made: Simulation, words: Words) -> Table:
    """Each scenario with its values and what it comes to; the contract as it stands first."""
    """The scenarios with their total and what each brings about."""
    several = len(made.seeds) > 1
    headers = ["", *made.places, *([words("whatif.volume", table=made.volume)] if made.volume else []), words("total")]
    headers += [words("whatif.lowest"), words("whatif.highest")] if several else []
    headers += [words("whatif.difference"), words("favours")]
    values = len(made.places) + bool(made.volume)
    rows = [("0", *_first(made, words), cents(made.base.total, words), *([""] * (4 if several else 2)))]
    for scenario in made.scenarios:
        total = scenario.median.amounts.total
        extremes = (cents(scenario.lowest, words), cents(scenario.highest, words)) if several else ()
        volume = (volume_text(scenario, words.language),) if made.volume else ()
        cells = (str(scenario.number), *(value.text for value in scenario.values), *volume)
        rows.append((*cells, cents(total, words), *extremes, *_difference(total - made.base.total, words)))
    right = (True, *([False] * values), True, *([True, True] if several else []), True, False)
    return Table(tuple(headers), right, tuple(rows))


def _first(made: Simulation, words: Words) -> tuple[str, ...]:
    """The first row: the contract as it stands."""
    values = len(made.places) + bool(made.volume)
    return (words("as_it_stands"), *([""] * (values - 1)))


def _difference(difference: int, words: Words) -> tuple[str, str]:
    return cents(difference, words), words(f"favours.{favours(difference)}")


def articles(made: Simulation, words: Words) -> Iterator[Block]:
    """What the articles come to, and how that differs from the contract as it stands; so many beside each other as fit."""
    runs = [(scenario.number, scenario.median.amounts) for scenario in made.scenarios]
    for title, rows in (("whatif.by_article", [(0, made.base), *runs]), ("whatif.by_article_difference", runs)):
        yield Heading(words(title))
        less = made.base if title.endswith("difference") else None
        columns = [
            (f"{words('article')} {name} {text}", [_article(amounts, name, less, words) for _, amounts in rows])
            for name, text in made.titles.items()
        ]
        for some in _fitting(columns):
            cells = zip((str(number) for number, _ in rows), *(column for _, column in some), strict=True)
            yield Table(("", *(header for header, _ in some)), (True,) * (1 + len(some)), tuple(cells))


def _fitting(columns: Sequence[tuple[str, list[str]]]) -> Iterator[list[tuple[str, list[str]]]]:
    """Columns of figures in groups that are not wider than a terminal."""
    group: list[tuple[str, list[str]]] = []
    left = WIDEST
    for header, cells in columns:
        width = 2 + max(map(len, [*header.split(), *cells]))
        if group and width > left:
            yield group
            group, left = [], WIDEST
        group.append((header, cells))
        left -= width
    if group:
        yield group


def _article(amounts: Amounts, name: str, less: Amounts | None, words: Words) -> str:
    amount = amounts.articles.get(name)
    before = less.articles.get(name) if less else 0
    return cents(None if amount is None or before is None else amount - before, words)


def parties(made: Simulation, words: Words) -> Table:
    """What each party gets in each scenario, and who gains by it."""
    """One table for people, from the outcomes of the scenarios."""
    rows = []
    for number, amounts in [(0, made.base), *((one.number, one.median.amounts) for one in made.scenarios)]:
        for party in sorted({*made.base.parties, *amounts.parties}):
            amount = amounts.parties.get(party, 0)
            difference = amount - made.base.parties.get(party, 0)
            rows.append(
                (str(number), party, cents(amount, words), *(_difference(difference, words) if number else ("", "")))
            )
    headers = ("", words("party"), words("total"), words("whatif.difference"), words("favours"))
    return Table(headers, (True, False, True, True, False), tuple(rows))
