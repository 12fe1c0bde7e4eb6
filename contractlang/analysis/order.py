"""The order of settlement: bases first, then what stands on top, as `before` and `after` say. Cycles are refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from heapq import heappop, heappush
from typing import Any as Anything
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from contractlang.analysis.articles import base_node
from contractlang.analysis.draft import Draft
from contractlang.analysis.keys import key_for
from contractlang.model.expression import (
    All,
    ArticleAmount,
    Condition,
    DefineSum,
    DefineValue,
    Holds,
    IncludedIn,
    Key,
    ReserveOf,
)
from contractlang.model.expression import Any as AnyOf
from contractlang.model.heads import Distribute, Filled, Fixed, Head, LeftOver, Limit, OnTop, Pay
from contractlang.syntax.tree import Line

Read = TypeVar("Read", bound=Struct)


def settle_order(draft: Draft, heads: list[tuple[Head, Line]]) -> list[Head]:
    """The heads in the order in which they are settled, stable in the order written."""
    earlier = _edges(draft, heads)
    articles = list(dict.fromkeys(head.article for head, _ in heads))
    done = _sorted(articles, earlier)
    if len(done) < len(articles):
        placed = set(done)
        stuck = [article for article in articles if article not in placed]
        draft.fault("ZC460", draft.articles[stuck[0]], articles=", ".join(stuck))
        done += stuck
    ranked = {article: rank for rank, article in enumerate(done)}
    ordered = sorted(heads, key=lambda pair: ranked[pair[0].article])
    _same_base(draft, ordered, earlier)
    return [head for head, _ in ordered]


def _sorted(articles: list[str], earlier: Mapping[str, set[str]]) -> list[str]:
    """Articles behind those that are settled before them, else as written; those that wait for each other are left out."""
    rank = {article: number for number, article in enumerate(articles)}
    waiting = {article: len(earlier.get(article, set()) - {article}) for article in articles}
    later: dict[str, list[str]] = {}
    for article, before in earlier.items():
        for one in before - {article}:
            later.setdefault(one, []).append(article)
    ready = [rank[article] for article in articles if not waiting[article]]
    done = []
    while ready:
        article = articles[heappop(ready)]
        done.append(article)
        for one in later.get(article, ()):
            waiting[one] -= 1
            if not waiting[one]:
                heappush(ready, rank[one])
    return done


def _edges(draft: Draft, heads: list[tuple[Head, Line]]) -> dict[str, set[str]]:
    """Article to the articles that are settled before it."""
    earlier: dict[str, set[str]] = {}
    for head, line in heads:
        before = earlier.setdefault(head.article, set())
        node = base_node(line)
        if node is not None:
            before |= {part.word(0).text for part in node.nodes() if part.rule == "number"}
            for part in node.nodes():
                if part.rule == "after":
                    before.add(part.word(0).text)
                elif part.rule == "before":
                    earlier.setdefault(part.word(0).text, set()).add(head.article)
        for amount in amounts_in(draft, head):
            before.add(amount.article)
            if amount.after and amount.after[0] == "after":
                before.add(amount.after[1])
        before |= {reserve.article for reserve in read_in(draft, head, ReserveOf)}
        before.discard(head.article)
    known = {head.article for head, _ in heads}
    return {article: before & known for article, before in earlier.items() if article in known}


def amounts_in(draft: Draft, value: Anything) -> Iterable[ArticleAmount]:
    """All article amounts that an expression or a head reads, also through defines."""
    return read_in(draft, value, ArticleAmount)


def read_in(draft: Draft, value: Anything, kind: type[Read], seen: frozenset[str] = frozenset()) -> Iterable[Read]:
    """Everything of a kind that an expression or a head reads, also through defines."""
    if isinstance(value, kind):
        yield value
    elif isinstance(value, DefineValue | DefineSum | Holds):
        block = draft.defines.get(value.define)
        if block and block.group and value.define not in seen:
            yield from read_in(draft, block.group, kind, seen | {value.define})
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from read_in(draft, getattr(value, name), kind, seen)
    elif isinstance(value, tuple):
        for part in value:
            yield from read_in(draft, part, kind, seen)


def ask_unlined(draft: Draft, heads: list[Head], listed: list[tuple[Head, Line]]) -> None:
    """A ceiling by rows over a base with amounts on top must say what those do to its room: they have no row to stand at."""
    if any(fault.code == "ZC460" for fault in draft.faults):
        return  # without an order nothing stands below anything
    for head, line in listed:
        if not isinstance(head, Limit) or head.filled is Filled.AS_A_WHOLE or head.unlined:
            continue
        node = base_node(line)
        order = None if node is None else next((part for part in node.nodes() if part.rule == "after"), None)
        rowless = {one.article for one in heads if isinstance(one, OnTop) and set(one.base) & set(head.base)}
        below = _standing(heads, head.base, ("after", order.word(0).text), head.article) if order is not None else ()
        own = any(isinstance(one, Fixed) and one.article in head.base for one in heads)
        if own or rowless & set(below):
            draft.fault("ZC427", line)


def note_earned(draft: Draft, heads: list[Head]) -> list[Head]:
    """Which distributions divide what articles come to, so that what is left over is not earned after all."""
    divided = {head.article: head for head in heads if isinstance(head, Distribute)}
    found: list[Head] = []
    for head in heads:
        if isinstance(head, Distribute):
            head = replace(head, earned=_is_earned(draft, head, divided, frozenset()))
            if head.left_over is LeftOver.STAYS and not head.earned:
                draft.default("left_over", head.article)
        found.append(head)
    return found


def _is_earned(draft: Draft, head: Distribute, divided: dict[str, Distribute], seen: frozenset[str]) -> bool:
    if any(True for _ in amounts_in(draft, head.amount)):
        return True
    before = {asked.article for asked in read_in(draft, head.amount, ReserveOf)} - seen
    return any(name in divided and _is_earned(draft, divided[name], divided, seen | before) for name in before)


def refuse_estimates(draft: Draft, heads: list[tuple[Head, Line]]) -> None:
    """An estimate is shown, never paid: no head may rest on one, whatever stands between."""
    for head, line in heads:
        for name in _figures_in(draft, head):
            if draft.defines[name].verb == "_ESTIMATE":
                draft.fault("ZC425", line, name=name)
                break


def _figures_in(draft: Draft, value: Anything, seen: frozenset[str] = frozenset()) -> Iterable[str]:
    """The defines that a head reads, also through others."""
    if isinstance(value, DefineValue | DefineSum | Holds):
        if value.define in draft.defines and value.define not in seen:
            yield value.define
            group = draft.defines[value.define].group
            if group is not None:
                yield from _figures_in(draft, group, seen | {value.define})
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from _figures_in(draft, getattr(value, name), seen)
    elif isinstance(value, tuple):
        for part in value:
            yield from _figures_in(draft, part, seen)


def _same_base(draft: Draft, ordered: list[tuple[Head, Line]], earlier: dict[str, set[str]]) -> None:
    """Two heads on one base must say which comes first: the outcome differs (mechanism X7)."""
    on_base: dict[str, list[tuple[Head, Line]]] = {}
    for head, line in ordered:
        if isinstance(head, Limit | OnTop):
            for number in head.base:
                for earlier_head, at in on_base.get(number, []):
                    other = earlier_head
                    if other.article == head.article or (_alone(line) and _alone(at)):
                        continue  # both say that they stand on the bare base
                    if not (_reads(draft, head, number) or _reads(draft, earlier_head, number)):
                        continue  # neither amount depends on the base, so the order changes nothing
                    if other.article not in _reach(earlier, head.article):
                        draft.fault("ZC461", line, base=number, one=other.article, two=head.article)
                on_base.setdefault(number, []).append((head, line))


def _reads(draft: Draft, head: Head, article: str) -> bool:
    return isinstance(head, Limit) or any(amount.article == article for amount in amounts_in(draft, head))


def _alone(line: Line) -> bool:
    """Whether a head says that nothing else on its base counts (`article 2 alone`)."""
    node = base_node(line)
    return node is not None and any(part.rule == "alone" for part in node.nodes())


def _reach(earlier: dict[str, set[str]], article: str) -> set[str]:
    found: set[str] = set()
    open_ends = [article]
    while open_ends:
        for before in earlier.get(open_ends.pop(), ()):
            if before not in found:
                found.add(before)
                open_ends.append(before)
    return found


def place_amounts(draft: Draft, heads: list[Head], value: Anything) -> Anything:
    """The same value with every article amount told which articles stand on top of it, and keyed to its rows."""
    if isinstance(value, Limit) and value.after:
        value = replace(value, after=_standing(heads, value.base, value.after, value.article))

    def placed(amount: ArticleAmount) -> ArticleAmount:
        table = _table_of(heads, amount.article)
        keys = tuple(own for key in amount.keys if (own := _own_key(draft, key, table)) is not None)
        return ArticleAmount(amount.article, _on_top_of(heads, amount), keys)

    return rewrite(place_included(heads, value), ArticleAmount, placed)


def _table_of(heads: list[Head], article: str) -> str | None:
    """The table whose rows an article pays, the last when there are several."""
    paid = [head for head in heads if head.article == article and isinstance(head, Pay) and head.earns]
    return paid[-1].selection.table if paid else None


def _own_key(draft: Draft, key: Key, table: str | None) -> Key | None:
    return key if table is None else key_for(draft, key, table)


def _on_top_of(heads: list[Head], amount: ArticleAmount) -> tuple[str, ...]:
    return _standing(heads, (amount.article,), amount.after, "") if amount.after else ()


def _standing(heads: list[Head], base: tuple[str, ...], mark: tuple[str, ...], own: str) -> tuple[str, ...]:
    """The articles on top of a base that `before` or `after` an article means."""
    relation, article = mark
    acting = [
        h.article
        for h in heads
        if isinstance(h, Limit | OnTop | Fixed) and h.article != own and set(base) & set(getattr(h, "base", ()))
    ]
    acting = list(dict.fromkeys(acting))
    if article not in acting:
        return ()
    index = acting.index(article)
    return tuple(acting[: index + 1] if relation == "after" else acting[:index])


def rewrite(value: Anything, kind: type, change: Callable[[Anything], Anything]) -> Anything:
    """A copy of an immutable value with everything of a kind changed."""
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, tuple):
        return tuple(rewrite(part, kind, change) for part in value)
    if isinstance(value, Struct):
        changed = {name: rewrite(getattr(value, name), kind, change) for name in value.__struct_fields__}
        return replace(value, **changed)
    return value


def place_included(heads: list[Head], value: Anything) -> Anything:
    """The same value with `included in article 3` as the conditions of what that article includes."""

    def placed(asked: IncludedIn) -> Condition:
        rows = [h.selection.where for h in heads if isinstance(h, Pay) and h.absorbs and h.article in asked.articles]
        return AnyOf(tuple(All(()) if where is None else where for where in rows))

    return rewrite(value, IncludedIn, placed)
