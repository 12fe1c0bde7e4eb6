"""A ladder in SQL: the scores of every step, the first step of every person, and the places within it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from contractlang.engine.duck.load import Loaded
from contractlang.model.expression import Role
from contractlang.model.tables import Attribution, Rung, Table

if TYPE_CHECKING:
    from contractlang.engine.duck.accept import Acceptor


def attribute(acceptor: Acceptor, table: Table, made: Attribution, index: int) -> Loaded:
    """The rows of an attribution as a loaded table, by person and place."""
    decimals = table.column(made.names[2]).decimals
    scores = " UNION ALL ".join(
        _scores(acceptor, rung, made, number, decimals) for number, rung in enumerate(made.rungs, start=1)
    )
    latest = "latest DESC, " if made.latest else ""
    ranked = (
        f"SELECT person, name, row_number() OVER (PARTITION BY person ORDER BY score DESC, {latest}name) AS place, step, score "
        f"FROM (SELECT *, min(step) OVER (PARTITION BY person) AS won FROM ({scores})) WHERE step = won"
    )
    columns = {column.name: f"c{position}" for position, column in enumerate(table.columns)}
    listed = ", ".join(
        f"{name} AS c{position}" for position, name in enumerate(("person", "name", "place", "step", "score"))
    )
    acceptor.connection.execute(
        f"CREATE TABLE r{index} AS SELECT {listed}, false AS bad FROM ({ranked}) ORDER BY person, place"
    )
    return Loaded(f"r{index}", columns, table.columns, False)


def _scores(acceptor: Acceptor, rung: Rung, made: Attribution, number: int, decimals: int) -> str:
    """Person, candidate, score (scaled by the decimals of the table that is made) and latest day on one step."""
    accepted = acceptor.accepted(rung.table)
    emitter = acceptor.over(accepted)
    where = emitter.condition(rung.where)
    own = 0 if rung.column is None else accepted.table.column(rung.column).decimals
    worth = "1" if rung.column is None else f"w.{accepted.columns[rung.column]}"
    score = f"CAST(coalesce(sum({accepted.sign} * {worth}), 0) * {10 ** (decimals - own)} AS BIGINT)"
    person, name = f"w.{accepted.columns[made.person]}", f"w.{accepted.columns[made.candidate]}"
    day = f"coalesce(max({emitter.decides(Role.PERIOD)}), DATE '0001-01-01')"
    least = rung.least * 10**decimals
    return (
        f"SELECT {person} AS person, {name} AS name, {number} AS step, {score} AS score, {day} AS latest "
        f"FROM {accepted.relation} w {' '.join(emitter.joins)} WHERE w.reason IS NULL AND {where} AND {person} IS NOT NULL "
        f"AND {name} IS NOT NULL GROUP BY ALL HAVING score > 0 AND score * {least.denominator} >= {least.numerator}"
    )
