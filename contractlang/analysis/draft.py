"""What the passes of the analysis build up together: names found so far, faults found so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from contractlang.analysis.vocabulary import ARGUMENTS, choice_text, label_text, open_text
from contractlang.base.calendar import Every, LookBack, Span
from contractlang.base.diagnostics import Diagnostic
from contractlang.base.exact import Rounding
from contractlang.base.source import NOWHERE, Place, Source
from contractlang.base.units import NUMBER, Unit
from contractlang.model.contract import Default, Define, Hole, Parties
from contractlang.model.expression import All, Condition, Expression, Key, Number, Selection
from contractlang.model.lists import Index, Lookup, Scale
from contractlang.model.tables import Table
from contractlang.syntax.grammar import competing_names
from contractlang.syntax.tree import Line, Node, Word


class Typed(Struct, frozen=True):
    """An expression with what is known of it: kind of value, unit, and where it can be evaluated.

    `table` is the table whose rows it reads (None: no row), `group` whether it needs a group. Neither: a constant.
    `per` is the fault-message name of what it is, `selection` the rows that a row expression was written over.
    """

    expression: Expression
    kind: str = "number"  # number | text | date | truth | missing (after a fault)
    unit: Unit = NUMBER
    percent: bool = False
    table: str | None = None
    group: bool = False
    selection: Selection | None = None
    place: Place = NOWHERE

    def but(self, expression: Expression, **changes: object) -> Typed:
        """The same kind of value from another expression."""
        return replace(self, expression=expression, **changes)


def constant(
    value: Fraction, unit: Unit = NUMBER, percent: bool = False, place: Place = NOWHERE, table: str | None = None
) -> Typed:
    """A number that stands in the contract, with its unit."""
    return Typed(Number(value, unit, percent), "number", unit, percent, table, place=place)


class DefineBlock(Struct):
    """A define block while it is being resolved."""

    line: Line
    name: str
    verb: str
    state: str = "new"  # new | busy | done
    open: bool = False  # only lists and constants: read again for the table that uses it (a price build-up)
    selection: Selection | None = None
    row: Typed | None = None
    group: Define | None = None
    unit: Unit = NUMBER
    percent: bool = False
    faulty: bool = False
    columns: dict[str, Typed] = field(default_factory=dict)


class LookupInfo(Struct, frozen=True):
    """A list or tariff with the unit of its values. `boundless`: an empty value means no limit."""

    lookup: Lookup
    unit: Unit
    percent: bool
    place: Place
    boundless: bool = False


class Draft(Struct):
    """The contract under construction."""

    source: Source
    folder: str
    faults: list[Diagnostic] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)
    defaults: list[Default] = field(default_factory=list)
    name: str = ""
    version: str = ""
    parties: Parties = field(default_factory=lambda: Parties("", None))
    term: Span | None = None
    settle: Every = Every.YEAR
    rounding: Rounding | None = None
    lookback: LookBack | None = None
    lookback_words: str = ""
    limit_labels: tuple[Line, ...] = ()
    tables: dict[str, Table] = field(default_factory=dict)
    units: dict[tuple[str, str], Unit] = field(default_factory=dict)  # (table, column) -> unit
    factors: dict[tuple[str, str], Fraction] = field(default_factory=dict)  # written unit in canonical units
    choices: dict[tuple[str, str], list[tuple[Condition, Unit, Fraction]]] = field(default_factory=dict)
    lookups: dict[str, LookupInfo] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    indexes: dict[str, Index] = field(default_factory=dict)
    scale_values: dict[str, tuple[Unit, bool]] = field(default_factory=dict)  # unit of the values, percentages or not
    defines: dict[str, DefineBlock] = field(default_factory=dict)
    constants: dict[str, Define] = field(default_factory=dict)  # defines without rows or keys of which an example tells
    declared: dict[str, Place] = field(default_factory=dict)
    whose: Place | None = None  # where the contract says which rows are its provider's own
    used: set[tuple[str, str]] = field(default_factory=set)  # (table, column) that some clause reads
    mentioned: set[str] = field(default_factory=set)  # names of blocks that some clause uses
    boundless: set[tuple[str, str]] = field(default_factory=set)  # columns in which empty means no limit
    articles: dict[str, Place] = field(default_factory=dict)
    reported: set[str] = field(default_factory=set)  # names of report blocks
    broken: set[str] = field(default_factory=set)  # articles with a head that could not be read: no cascades from it
    lost: set[str] = field(
        default_factory=set
    )  # words of lines that could not be read: not unknown, only not understood
    torn: set[str] = field(default_factory=set)  # data blocks with a line that could not be read
    rowless: set[str] = field(default_factory=set)  # articles that pay an amount which no row carries
    charged: set[str] = field(default_factory=set)  # articles all of whose heads charge
    reread: Callable[[DefineBlock, Any], Typed] = field(
        default=lambda block, context: Typed(Number(Fraction(0)), "missing")
    )
    resolver: Callable[[str], DefineBlock | None] = field(default=lambda name: None)  # set by the pass over defines

    def resolved(self, name: str) -> DefineBlock | None:
        """A define with its value worked out, on first use; None when there is no such define."""
        return self.resolver(name) if name in self.defines else None

    def fault(self, code: str, at: Place | Node | Word | Line, fixes: Iterable[str] = (), **arguments: object) -> None:
        """Note an error. Kinds, roles and labels among the arguments become words of the file's language."""
        place = at if isinstance(at, Place) else at.place
        language = self.source.language
        if isinstance(line := arguments.get("line"), int):
            arguments["line"] = self.source.called(line, place)
        texts = {
            name: ARGUMENTS[name](str(value), language) if name in ARGUMENTS else str(value)
            for name, value in arguments.items()
        }
        self.faults.append(Diagnostic(code, place, texts, tuple(fixes)))

    def warn(self, code: str, at: Place | Node | Word | Line, **arguments: object) -> None:
        """Note a warning: the contract can be settled, but a reader may be misled."""
        place = at if isinstance(at, Place) else at.place
        self.faults.append(Diagnostic(code, place, {k: str(v) for k, v in arguments.items()}, severity="warning"))

    def default(self, choice: str, article: str | None = None, where: str = "") -> None:
        """Note a choice that the contract does not write, at an article or at the words `where`."""
        language = self.source.language
        at = where if article is None else f"{label_text('article', language)} {article}"
        self.defaults.append(Default(at, choice_text(choice, language), choice, article))

    def hole(self, what: str, at: Place) -> None:
        """Note something that the contract leaves open."""
        self.holes.append(Hole(open_text(what, self.source.language), at, code=what))

    def declare(self, word: Word) -> bool:
        """Take a name for a block; False, with a fault, when it was taken."""
        name = word.string
        self.check_name(word)
        if name in self.declared:
            self.fault("ZC201", word, name=name, line=self.declared[name].line)
            return False
        self.declared[name] = word.place
        return True

    def check_name(self, word: Word, column: bool = False) -> None:
        """Refuse a bare name that is read as a phrase in some places: the same text would then have two meanings."""
        if not word.text.startswith("`") and word.string in competing_names(self.source.language, column):
            self.fault("ZC253", word, (f"`{word.string}`",), name=word.string)

    def unknown(self, code: str, word: Word, known: Iterable[str], **arguments: object) -> None:
        """Note a name that nothing has, with the names that look like it."""
        if word.string in self.lost:
            return
        names = sorted(name for name in set(known) if not name.startswith("."))
        close = get_close_matches(word.string, names, 2, 0.7)
        listed = ", ".join(names[:15]) + (" …" if len(names) > 15 else "")
        self.fault(code, word, close, name=word.string, known=listed or "-", **arguments)

    def selection_of(self, name: str) -> Selection | None:
        """The rows that a table or a define with rows stands for."""
        if name in self.tables:
            return Selection(name)
        block = self.defines.get(name)
        return block.selection if block else None


def all_of(*conditions: Condition | None) -> Condition | None:
    """The conditions that are there, together."""
    found = tuple(condition for condition in conditions if condition is not None)
    if len(found) <= 1:
        return found[0] if found else None
    return All(found)


def by_name(keys: tuple[Key, ...]) -> dict[str, Key]:
    """Keys by their name."""
    return {key.name: key for key in keys}
