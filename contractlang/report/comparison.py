"""Two versions of a contract beside each other: changes in contract words, and the bridge in euros."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from contractlang.base.exact import CENT, Mode, Rounding, round_to
from contractlang.report.document import Block, Document, Facts, Heading, Table
from contractlang.report.markdown import as_markdown
from contractlang.report.numbers import money
from contractlang.report.text import as_text
from contractlang.report.words import Words
from contractlang.statement.figures import figure
from contractlang.statement.figures import money as euros

if TYPE_CHECKING:
    from contractlang.compare.bridge import Bridge, Effect
    from contractlang.compare.changes import Change

MOST_PLACES = 12
DOWN = Rounding(Mode.DOWN, CENT)


def comparison(found: Sequence[Change], bridged: Bridge | None, style: str, language: str) -> str:
    """The comparison as `text` or `md`, in `nl` or `en`."""
    words = Words(language)
    blocks = tuple(_document(found, bridged, words))
    return as_markdown(blocks) if style == "md" else as_text(blocks)


def _document(found: Sequence[Change], bridged: Bridge | None, words: Words) -> Document:
    if not found:
        return (Facts(((words("differences"), words("no_difference")),)),)
    blocks: list[Block] = [Heading(words("differences"), 1)]
    for change in found:
        standing = f", {words(f'standing.{change.standing}')}" if change.standing else ""
        blocks.append(Heading(f"{_name(change, words)}: {words(f'change.{change.what}')}{standing}"))
        rows = tuple((line[:1], line[2:]) for line in change.lines())
        blocks.append(Table(("", words("title")), (False, False), rows))
    if bridged is not None:
        blocks += _bridge(bridged, words)
    return tuple(blocks)


def _name(change: Change, words: Words) -> str:
    kind = words(f"block.{change.kind}")
    title = f' "{change.title}"' if change.title else ""
    was = f" ({words('was')} {change.before.name})" if change.before and change.before.name != change.name else ""
    return f"{kind} {change.name}{title}{was}".strip()


def _bridge(bridged: Bridge, words: Words) -> list[Block]:
    language = words.language
    shown = in_cents([effect.total for effect in bridged.effects])
    rows = [(words("old_total"), _euro(bridged.old, language), "", "")]
    for effect, amount in zip(bridged.effects, shown, strict=True):
        alone = "" if effect.alone is None else _euro(effect.alone, language)
        names = ", ".join(_name(change, words) for change in effect.changes)
        rows.append((names, money(euros(amount), language), alone, words(f"favours.{effect.favours}")))
    total = (words("new_total"), _euro(bridged.new, language), "", "")
    headers = (words("title"), words("amount"), words("alone"), words("favours"))
    found: list[Block] = [Heading(words("bridge"), 1), Facts(((words("method"), words(f"method.{bridged.method}")),))]
    found.append(Table(headers, (False, True, True, False), tuple(rows), total))
    for effect, amount in zip(bridged.effects, shown, strict=True):
        found += _places(effect, amount, words)
    return found


def _places(effect: Effect, shown_amount: int, words: Words) -> list[Block]:
    """Where an effect falls: article, party, period, the largest first; together what is shown of it, in cents."""
    if len(effect.by_place) < 2:
        return []
    places = sorted(effect.by_place.items(), key=lambda item: (-abs(item[1]), item[0][0], item[0][1] or "", item[0][2]))
    shown, left = places[:MOST_PLACES], places[MOST_PLACES:]
    values = [amount for _, amount in shown] + ([sum((a for _, a in left), Fraction(0))] if left else [])
    amounts = in_cents(values, shown_amount)
    rows = [
        (article, party or "–", words.code("period", period), money(euros(amount), words.language))
        for ((article, party, period), _), amount in zip(shown, amounts, strict=False)
    ]
    if left:
        rows.append(("", words("others", n=str(len(left))), "", money(euros(amounts[-1]), words.language)))
    names = ", ".join(_name(change, words) for change in effect.changes)
    headers = tuple(words(key) for key in ("article", "party", "period", "amount"))
    total = ("", words("total"), "", money(euros(sum(amounts)), words.language))
    return [Heading(names), Table(headers, (False, False, False, True), tuple(rows), total)]


def in_cents(values: Sequence[Fraction], sum_shown: int | None = None) -> list[int]:
    """Exact euros as cents that sum to the exact sum, or to the cents that are shown of it: residual cents to the largest
    remainder."""
    floors = [(value * 100).numerator // (value * 100).denominator for value in values]
    total = sum(values, Fraction(0)) * 100
    rest = (total.numerator // total.denominator if sum_shown is None else sum_shown) - sum(floors)
    order = sorted(range(len(values)), key=lambda i: (floors[i] - values[i] * 100, i))
    for i in order[:rest]:
        floors[i] += 1
    return floors


def _euro(value: Fraction, language: str) -> str:
    return money(euros(int(round_to(value, DOWN) * 100)), language)


def comparison_json(found: Sequence[Change], bridged: Bridge | None) -> dict[str, Any]:
    """The same for programs: amounts exact, as decimals or ratios."""
    made: dict[str, Any] = {
        "changes": [
            {
                "kind": one.kind,
                "name": one.name,
                "title": one.title,
                "what": one.what,
                "standing": one.standing,
                "lines": list(one.lines()),
            }
            for one in found
        ]
    }
    if bridged is not None:
        made["bridge"] = {
            "method": bridged.method,
            "old": figure(bridged.old),
            "new": figure(bridged.new),
            "effects": [
                {
                    "changes": [f"{one.kind} {one.name}".strip() for one in effect.changes],
                    "total": figure(effect.total),
                    "alone": None if effect.alone is None else figure(effect.alone),
                    "favours": effect.favours,
                    "places": [
                        {"article": article, "party": party, "period": period, "amount": figure(amount)}
                        for (article, party, period), amount in sorted(effect.by_place.items(), key=str)
                    ],
                }
                for effect in bridged.effects
            ],
        }
    return made
