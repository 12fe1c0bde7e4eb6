"""Credits that are recomputed by volume, under a ceiling: refused where the ceiling cuts rows."""

from __future__ import annotations

from contractlang.analysis.draft import Draft
from contractlang.model.heads import Filled, Head, Limit, Pay
from contractlang.syntax.tree import Line


def refuse_recomputed(draft: Draft, heads: list[tuple[Head, Line]]) -> None:
    """A ceiling takes back with a credit what its debit was paid; a recomputed credit is not minus its debit, so nobody can say what.

    A ceiling on the amount as a whole cuts no row, and takes the net volume as it comes.
    """
    recomputed = {
        head.article
        for head, _ in heads
        if isinstance(head, Pay) and head.tiers is not None and head.tiers.recomputed and head.selection.table
        if draft.tables[head.selection.table].credit is not None
    }
    for head, line in heads:
        if isinstance(head, Limit) and head.filled is not Filled.AS_A_WHOLE:
            for article in head.base:
                if article in recomputed:
                    draft.fault("ZC488", line, article=article)
