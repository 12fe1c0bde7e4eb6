"""In which order rows fill a ceiling or a scale."""

from __future__ import annotations

from contractlang.analysis.context import Context
from contractlang.model.expression import Cell
from contractlang.model.heads import Order
from contractlang.model.tables import Kind
from contractlang.syntax.tree import Node


def read_ordering(context: Context, node: Node) -> tuple[Order, ...]:
    """The columns behind `filled by`, then the row number, so that the order is always total."""
    orders: list[Order] = []
    for part in node.nodes():
        if part.rule == "order_by_row":
            orders.append(Order(None))
            continue
        name = part.word(0)
        column = context.column(name.string)
        context.read_column(name.string, name)
        if column is not None and column.kind is Kind.TEXT and part.rule == "order_by":
            context.draft.warn("ZC450", part, name=name.string)
        orders.append(Order(Cell(name.string)))
    if orders and orders[-1].by is not None:
        orders.append(Order(None))
    return tuple(orders)
