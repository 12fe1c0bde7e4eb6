"""The contract as it is meant: everything that computes works on this, nothing reads the text twice."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from msgspec import Struct

from contractlang.base.calendar import Every, LookBack, Span
from contractlang.base.exact import Rounding
from contractlang.base.source import NOWHERE, Place
from contractlang.base.units import NUMBER, Unit
from contractlang.model.expression import Condition, Expression, Key
from contractlang.model.heads import Head, Report
from contractlang.model.lists import Index, Lookup, Scale
from contractlang.model.tables import Table


class Parties(Struct, frozen=True):
    """Payer and provider. `table` and `column` when there is one provider per value of a column.

    `code` is how `column` tells the one provider of the contract: rows with another code are not its own.
    """

    payer: str
    provider: str | None
    table: str | None = None
    column: str | None = None
    separately: bool = True  # each party settled on its own: party is a key of every scope and every define
    code: str | None = None


class Define(Struct, frozen=True):
    """A named figure with keys (a table of values), or a named condition (`condition`)."""

    name: str
    keys: tuple[Key, ...]
    value: Expression | None
    condition: Condition | None = None
    percent: bool = False
    estimate: bool = False
    missing: str = "error"  # "error" | "zero" | "left_out"
    unit: Unit = NUMBER
    indicator: bool = False


class GivenTable(Struct, frozen=True):
    """Rows that an example gives for a table: column names and cell texts (canonical: ISO dates, decimal point)."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


RESERVE = "*reserve"  # the key of an expectation that means the reserve of a distribution, not a name


class GivenFigure(Struct, frozen=True):
    """Values that an example gives for a define: its keys by name, and for each group a value."""

    define: str
    keys: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], Fraction], ...]


class Expectation(Struct, frozen=True):
    """What an example expects: `what` article|total|rejected|define|constant|report|due, its name, filters, the value."""

    what: str
    name: str
    value: Fraction | str
    period: str | None = None
    key: str | None = None
    after: tuple[str, ...] = ()
    percent: bool = False
    place: Place = NOWHERE
    framework: str = ""  # the file of the framework in which it stands; empty: in the contract itself


class Example(Struct, frozen=True):
    """A worked example: given rows or figures, expected outcomes."""

    title: str
    given: tuple[GivenTable, ...]
    expected: tuple[Expectation, ...]
    as_of: date | None = None
    figures: tuple[GivenFigure, ...] = ()
    place: Place = NOWHERE
    framework: str = ""  # the file of the framework in which it stands; the place counts the lines of that file


class Article(Struct, frozen=True):
    """Number, title and prose of an article; its heads are in `Contract.heads`."""

    number: str
    title: str
    prose: tuple[str, ...] = ()
    see: tuple[str, ...] = ()  # figures that it refers to


class Hole(Struct, frozen=True):
    """Something left open (`...`): where, and what is missing, in the words of the file and as a code.

    `framework` is the file of the framework in which it stands, empty for the contract itself; the place counts the lines of
    that file.
    """

    what: str
    place: Place
    framework: str = ""
    code: str = ""


class Framework(Struct, frozen=True):
    """A framework under which the contract stands: its file as the contract names it, title, version, hash of its text."""

    file: str
    name: str
    version: str
    sha256: str


class Term(Struct, frozen=True):
    """What a contract says of a block of its framework, or of a line of its head.

    `kind` and `name` call the block (`article`, `3`; `lookup`, `hourly`) or the line (`contract`, `provider`), `text` is its
    head as the contract writes it, without the mark. `how` is filled (what was open), repeated (word for word, nothing
    filled), replaced (in place of what the framework says) or added (nothing like it there). `framework` is the file that
    holds the block of the framework, empty for what is added; the places count the lines of their own files.
    """

    kind: str
    name: str
    how: str
    text: str
    framework: str
    place: Place
    theirs: Place = NOWHERE


class Default(Struct, frozen=True):
    """A choice that the contract does not write and the language makes, printed on the statement.

    `where` and `choice` are in the words of the file; `code` and `article` say the same in any language.
    """

    where: str
    choice: str
    code: str = ""
    article: str | None = None


class Contract(Struct, frozen=True):
    """A whole contract. `heads` stand in the order of settlement."""

    name: str
    version: str
    language: str
    sha256: str
    parties: Parties
    term: Span
    settle: Every
    rounding: Rounding
    tables: tuple[Table, ...]
    lookups: tuple[Lookup, ...]
    scales: tuple[Scale, ...]
    defines: tuple[Define, ...]
    articles: tuple[Article, ...]
    heads: tuple[Head, ...]
    reports: tuple[Report, ...]
    examples: tuple[Example, ...]
    holes: tuple[Hole, ...] = ()
    defaults: tuple[Default, ...] = ()
    lookback: LookBack | None = None
    folder: str = ""
    indexes: tuple[Index, ...] = ()
    frameworks: tuple[Framework, ...] = ()  # the one that it uses, the one which that uses, and so on
    terms: tuple[Term, ...] = ()

    def table(self, name: str) -> Table:
        """The table of that name. Raises KeyError when there is none."""
        for table in self.tables:
            if table.name == name:
                return table
        raise KeyError(name)

    def lookup(self, name: str) -> Lookup:
        """The list or tariff of that name. Raises KeyError when there is none."""
        for lookup in self.lookups:
            if lookup.name == name:
                return lookup
        raise KeyError(name)

    def scale(self, name: str) -> Scale:
        """The scale of that name. Raises KeyError when there is none."""
        for scale in self.scales:
            if scale.name == name:
                return scale
        raise KeyError(name)

    def define(self, name: str) -> Define:
        """The define of that name. Raises KeyError when there is none."""
        for define in self.defines:
            if define.name == name:
                return define
        raise KeyError(name)
