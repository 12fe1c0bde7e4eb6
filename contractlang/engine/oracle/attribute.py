"""A ladder person by person: the first step that yields a candidate wins, candidates are ranked within it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from msgspec import Struct

from contractlang.engine.oracle.interpret import Interpreter
from contractlang.engine.oracle.row import Row
from contractlang.model.expression import Role, Selection
from contractlang.model.tables import Attribution, Rung, Table


class _Candidate(Struct):
    name: str
    score: Fraction = Fraction(0)
    latest: date = date.min


def attribute(table: Table, made: Attribution, of: Interpreter) -> list[Row]:
    """The rows of an attribution, by person and place."""
    ladders = [_scores(rung, made, of) for rung in made.rungs]
    found: list[Row] = []
    place, step, score = made.names
    for person in sorted({person for ladder in ladders for person in ladder}):
        number = next(number for number, ladder in enumerate(ladders, start=1) if person in ladder)
        candidates = sorted(ladders[number - 1][person], key=lambda one: one.name)
        if made.latest:
            candidates.sort(key=lambda one: one.latest, reverse=True)
        candidates.sort(key=lambda one: one.score, reverse=True)
        for index, one in enumerate(candidates, start=1):
            cells = {made.person: person, made.candidate: one.name}
            numbers = {place: Fraction(index), step: Fraction(number), score: one.score}
            found.append(Row(table, len(found) + 1, dict(cells), {**cells, **numbers}, {}))
    return found


def _scores(rung: Rung, made: Attribution, of: Interpreter) -> dict[str, list[_Candidate]]:
    """The candidates of every person on one step, with what they score; those with too little are none."""
    found: dict[str, dict[str, _Candidate]] = {}
    for row in of.selected(Selection(rung.table, rung.where)):
        person, name = row.cell(made.person), row.cell(made.candidate)
        if not isinstance(person, str) or not isinstance(name, str):
            continue
        one = found.setdefault(person, {}).setdefault(name, _Candidate(name))
        worth = Fraction(1) if rung.column is None else row.cell(rung.column)
        one.score += row.sign * worth if isinstance(worth, Fraction) else 0
        one.latest = max(one.latest, of.decides(row, Role.PERIOD) or date.min)
    enough = {
        person: [one for one in names.values() if one.score > 0 and one.score >= rung.least]
        for person, names in found.items()
    }
    return {person: names for person, names in enough.items() if names}
