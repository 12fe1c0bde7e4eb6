"""What a sentence needs beside its node: the contract, the language, and where the node stands."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from contractlang.annex.phrases import PHRASES
from contractlang.model.contract import Contract
from contractlang.model.expression import Key
from contractlang.model.tables import Column, Table
from contractlang.report.document import as_name
from contractlang.report.words import LANGUAGES


class Env(Struct, frozen=True):
    """`table`: whose rows are at hand; `keys`: those of the group at hand (None: no group)."""

    contract: Contract
    language: str
    table: str | None = None
    keys: tuple[Key, ...] | None = None

    def say(self, key: str, /, **parts: str) -> str:
        """The phrase for a key with its parts filled in. Raises KeyError: a node without a phrase must not pass."""
        return PHRASES[key][LANGUAGES[self.language]].format(**parts)

    def rows_of(self, table: str) -> Env:
        """The same, for a row of a table."""
        return replace(self, table=table)

    def group(self, keys: tuple[Key, ...]) -> Env:
        """The same, for a group with these keys."""
        return replace(self, table=None, keys=keys)

    def of(self) -> Table | None:
        """The table whose rows are at hand."""
        return None if self.table is None else self.contract.table(self.table)

    def column(self, name: str) -> Column | None:
        """A column of the rows at hand."""
        table = self.of()
        return None if table is None else next((one for one in table.columns if one.name == name), None)

    def listed(self, parts: Sequence[str], between: str = "and") -> str:
        """`a, b and c`."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.say(between)} {parts[-1]}"

    def names(self, parts: Sequence[str], between: str = "and") -> str:
        """Names of the contract, listed."""
        return self.listed([as_name(one) for one in parts], between)

    def articles(self, numbers: Sequence[str]) -> str:
        """`article 3`, `articles 3 and 4`."""
        if len(numbers) == 1:
            return self.say("article.one", number=numbers[0])
        return self.say("article.many", numbers=self.listed(numbers))
