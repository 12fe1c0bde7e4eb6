"""The cumulative volume of rows that are priced by it: put in order once, and a running sum over all of them tells that of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from contractlang.engine.duck.ratio import Ratio
from contractlang.model.heads import Pay
from contractlang.model.lists import ScaleKind

if TYPE_CHECKING:
    from contractlang.engine.duck.ledger import Ledger


ENDS = (
    "top",
    "bottom",
)  # what a row comes to before it is rounded: up to its volume, and up to that of the rows before


class Tiered(Struct, frozen=True):
    """A head that is priced by volume, as SQL over rows w but for what rows are worth."""

    head: Pay
    quantity: Ratio
    told: str  # columns with what a row comes to before it is rounded, over q and volume
    worth: str  # cents by those, NULL without quantity or price
    whole: str  # the type of a volume
    condition: str  # whether it pays a row
    plain: bool  # that takes no more than the cells of the row
    joins: str
    keys: list[str]
    orders: list[str]


def with_volumes(ledger: Ledger, made: Tiered, rows: str, cells: str, name: str) -> tuple[list[str], str]:
    """A query for cells of the rows of a head, their quantity q and what they come to by their volume, and the tables that it reads.

    The volume is that of the group up to the row, for a scale by slices, or of the group as a whole. `rows` is what follows
    FROM, with alias w.
    """
    run, kind, quantity = ledger.connection.execute, made.whole, f"{made.quantity.sql} AS q"
    keys = ", ".join(f"{sql} AS k{i}" for i, sql in enumerate(made.keys))
    by = ", ".join(str(i + 1) for i in range(len(made.keys)))
    run(
        f"CREATE TABLE of_{name} AS SELECT *, sum(volume) OVER (ORDER BY g) - volume AS before FROM (SELECT {keys}, "
        f"row_number() OVER () AS g, coalesce(sum({made.quantity.sql}), 0) AS volume FROM {rows} WHERE {made.condition} GROUP BY {by})"
    )
    equal = " AND ".join(f"{sql} IS NOT DISTINCT FROM g.k{i}" for i, sql in enumerate(made.keys))
    groups = f"FROM {rows} JOIN of_{name} g ON {equal} WHERE {made.condition}"
    tiers = made.head.tiers
    if tiers is None or ledger.contract.scale(tiers.scale).kind is not ScaleKind.EACH_SLICE:
        volumes = f"SELECT {cells}, {quantity}, CAST(g.volume AS {kind}) AS volume {groups}"
        return [f"of_{name}"], f"SELECT * EXCLUDE (volume), {made.told} FROM ({volumes})"
    orders = ", ".join(["g.g", *(f"{order} NULLS LAST" for order in made.orders), "w.n"])
    run(
        f"CREATE TABLE row_{name} AS SELECT {cells}, {quantity}, CAST(g.before AS {kind}) AS before {groups} ORDER BY {orders}"
    )
    # the rows stand in order: one running sum over them all, less that of the groups before, costs a sixth of a sum per group
    running = f"CAST(sum(q) OVER (ROWS UNBOUNDED PRECEDING) AS {kind}) - before AS volume"
    volumes = f"SELECT * EXCLUDE (before), {running} FROM row_{name}"
    return [f"of_{name}", f"row_{name}"], f"SELECT * EXCLUDE (volume), {made.told} FROM ({volumes})"
