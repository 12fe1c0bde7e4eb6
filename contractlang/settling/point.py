"""The group at hand: a party and the values of named keys, and how groups with other keys line up with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from msgspec import Struct

from contractlang.base.calendar import Every, Span, finer, label, periods, span_of
from contractlang.engine.protocol import Group, KeyPart
from contractlang.model.expression import Key
from contractlang.statement.figures import figure


class Absent(Exception):
    """The group at hand does not tell the value of a key; `name` is the key."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Point(Struct, frozen=True):
    """One combination of a party and keys. `party` is None unless the contract settles each party separately."""

    party: str | None
    keys: tuple[Key, ...]
    values: tuple[KeyPart, ...]

    @classmethod
    def of(cls, group: Group, keys: tuple[Key, ...]) -> Point:
        """The point of a group as an engine gives it: the party first, then a value for each key."""
        party = group[0]
        return cls(None if party is None else text(party), keys, tuple(group[1:]))

    @property
    def group(self) -> Group:
        """The group in the form of the engines."""
        return (self.party, *self.values)

    def named(self) -> dict[str, str]:
        """The values by the name of their key, as text."""
        return {key.name: text(value) for key, value in zip(self.keys, self.values, strict=True)}

    def pairs(self) -> Iterable[tuple[Key, KeyPart]]:
        """Each key with its value."""
        return zip(self.keys, self.values, strict=True)

    def period(self, term: Span) -> Span:
        """The whole days of the period among the keys; the term when no key is a period."""
        spans = [span_of(str(value), term) for key, value in self.pairs() if key.every and value is not None]
        if not spans:
            return term
        found = spans[0]
        for span in spans[1:]:
            found = found.overlap(span)
        return found

    def window(self, term: Span) -> Span:
        """The days of the period that lie in the term."""
        return self.period(term).overlap(term)

    def value(self, name: str) -> KeyPart:
        """The value of the key of this name. Raises Absent."""
        for key, value in self.pairs():
            if key.name == name:
                return value
        raise Absent(name)

    def align(self, key: Key, term: Span) -> KeyPart:
        """The value that this group has for a key of something else, such as a define.

        The key of the same name; else, for a period, the period of that kind that holds the period of this group; else
        the only period of that kind in the term. Raises Absent when there is none.
        """
        for own, value in self.pairs():
            if own.name == key.name and own.every == key.every:
                return value
        if key.every is None:
            return self.value(key.name)
        for own, value in self.pairs():
            if own.every and value is not None and finer(own.every, key.every):
                return label(span_of(str(value), term).first, key.every)
        only = periods(term, key.every)
        if len(only) == 1 and not any(own.every not in (None, Every.TERM) for own in self.keys):
            return only[0]
        raise Absent(key.name)

    def project(self, keys: tuple[Key, ...], term: Span) -> Point:
        """The point for these keys. Raises Absent."""
        return Point(self.party, keys, tuple(self.align(key, term) for key in keys))

    def within(self, wider: Point, term: Span) -> bool:
        """Whether this group is a part of a wider one: every key that both have says the same.

        A period is the same when it lies in the other (by its first day). A key that only one has says nothing.
        """
        if self.party is not None and wider.party is not None and self.party != wider.party:
            return False
        for key, value in self.pairs():
            for other, its in wider.pairs():
                if key.every and other.every:
                    days, its_days = span_of(str(value), term), span_of(str(its), term)
                    if days.first not in its_days and its_days.first not in days:
                        return False
                elif key.name == other.name and value != its:
                    return False
        return True

    def tells(self, key: Key) -> bool:
        """Whether this group has the key, or a period at least as fine."""
        return any(
            own.name == key.name
            if key.every is None
            else own.every is not None and (own.every == key.every or finer(own.every, key.every))
            for own in self.keys
        )


def text(value: KeyPart) -> str:
    """A key as text: dates ISO, numbers as a decimal where that is exact, an empty key as the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Fraction):
        return figure(value)
    return value.isoformat() if isinstance(value, date) else value


def scope_text(point: Point) -> str:
    """The group in one line, for messages."""
    parts = [point.party] if point.party is not None else []
    return ", ".join([*parts, *point.named().values()])


def order_of(group: Mapping[str, str] | Group) -> tuple[str, ...]:
    """What groups are sorted by: their texts, so that a statement has one order whatever the engine gave."""
    values = group.values() if isinstance(group, Mapping) else group
    return tuple(value if isinstance(value, str) else text(value) for value in values)
