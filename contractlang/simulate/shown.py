"""A simulation as a document: what is changed, the scenarios with their totals, by article, by party."""

from __future__ import annotations

from collections.abc import Iterator

from contractlang.report.document import Block, Facts, Heading, Table
from contractlang.report.markdown import as_markdown
from contractlang.report.text import as_text
from contractlang.report.words import Words
from contractlang.simulate.outcomes import Simulation
from contractlang.simulate.tables import articles, cents, parties, scenarios, volume_text
from contractlang.simulate.textplot import text_plot

MOST_PLACES = 12


def shown(made: Simulation, style: str, by_party: bool) -> str:
    """The simulation as `text` or `md`, in the language of the contract; in both with the plot of the totals."""
    words = Words(made.language)
    blocks = tuple(_document(made, by_party, words))
    plot = "\n".join(text_plot(made, words)) + "\n"
    if style == "md":
        return f"{as_markdown(blocks)}\n```\n{plot}```\n"
    return as_text(blocks) + plot


def _document(made: Simulation, by_party: bool, words: Words) -> Iterator[Block]:
    yield Heading(words("whatif"), 1)
    yield Facts(tuple(_facts(made, words)))
    yield from _changed(made, words)
    yield from _drawn(made, words)
    yield Heading(words("whatif.scenarios"))
    yield scenarios(made, words)
    yield from articles(made, words)
    if by_party:
        yield Heading(words("whatif.by_party"))
        yield parties(made, words)
    yield Heading(words("whatif.plot"))


def _facts(made: Simulation, words: Words) -> Iterator[tuple[str, str]]:
    yield words("contract"), f"{made.name}, {words('version')} {made.version}"
    yield words("as_it_stands"), cents(made.base.total, words)
    if any(one.rounded for scenario in made.scenarios for several in scenario.made for one in several):
        yield words("whatif.rounding"), words("whatif.rounded")
    runs = [scenario.runs[0].drawn for scenario in made.scenarios]
    drawn = next((one for one in runs if one is not None), None)
    if made.volume and drawn:
        key = "whatif.drawn_from" if made.clients else "whatif.rows_from"
        yield words("whatif.clients"), words(key, n=str(drawn.units), table=made.volume, column=made.clients or "")
        through = f" {words('through')} "
        yield words("whatif.seeds"), through.join(dict.fromkeys(str(made.seeds[at]) for at in (0, -1)))
    if len(made.seeds) > 1:
        yield words("whatif.samples"), words("whatif.median", n=str(len(made.seeds)))


def _changed(made: Simulation, words: Words) -> Iterator[Block]:
    """Each place with what stands there and what it becomes; by a percentage a row for each value."""
    rows: list[tuple[str, ...]] = []
    for at in range(len(made.places)):
        several = {scenario.values[at].text: scenario.made[at] for scenario in made.scenarios}
        ones = [one for changes in several.values() for one in changes]
        if all(len(changes) == 1 for changes in several.values()) and not ones[0].rounded:
            rows.append((ones[0].called, ones[0].old, "; ".join(dict.fromkeys(one.new for one in ones))))
            continue
        more = [(one.called, one.old, one.new) for one in ones]
        rows += more[:MOST_PLACES]
        if len(more) > MOST_PLACES:
            rows.append((words("whatif.more", n=str(len(more) - MOST_PLACES)), "", ""))
    if rows:
        yield Heading(words("whatif.changed"))
        headers = words("whatif.place"), words("whatif.was"), words("whatif.becomes")
        yield Table(headers, (False, False, False), tuple(rows))


def _drawn(made: Simulation, words: Words) -> Iterator[Block]:
    """How many clients each volume draws; with one seed how many rows that are."""
    rows = {}
    for scenario in made.scenarios:
        drawn = scenario.runs[0].drawn
        if drawn is not None:
            counts = ", ".join(f"{table} {number:+d}" for table, number in drawn.rows.items())
            seen = (counts,) if len(made.seeds) == 1 else ()
            rows[volume_text(scenario, words.language)] = (str(drawn.drawn), *seen)
    if rows:
        yield Heading(words("whatif.drawing" if made.clients else "whatif.drawing_rows"))
        headers = [words("whatif.volume", table=made.volume or ""), words("whatif.units")]
        headers += [words("rows")] if len(made.seeds) == 1 else []
        right = (False, True, False)[: len(headers)]
        yield Table(tuple(headers), right, tuple((volume, *cells) for volume, cells in rows.items()))
