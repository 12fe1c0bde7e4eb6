"""What is known while the data of a contract is read: how it is to be read, and what is wrong so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field

from contractlang.data.cache import Cache
from contractlang.data.evidence import Evidence
from contractlang.data.faults import FileFault, Refusal
from contractlang.data.headings import place
from contractlang.data.mapping import Mapped
from contractlang.data.notation import Notation, notation
from contractlang.model.contract import Contract
from contractlang.model.tables import Table

NOTHING = Mapped()


class Reading(Struct):
    """The contract whose data is read, the options of the reader, and every fault that was found."""

    contract: Contract
    decimal: str | None
    folder: Path | None
    faults: list[FileFault] = field(default_factory=list)
    mapping: Mapping[str, Mapped] = field(default_factory=dict)
    cache: Cache | None = None

    def mapped(self, table: Table) -> Mapped:
        """What the mapping says of a table."""
        return self.mapping.get(table.name, NOTHING)

    def place(self, table: Table, header: Sequence[str], origin: str) -> tuple[dict[str, int], tuple[str, ...]]:
        """Positions and ignored headings. Raises Refusal when columns are missing: the cells then tell nothing."""
        found = place(table, header, self.mapped(table).headings, origin, self.contract.language)
        if found.faults:
            self.faults += found.faults[:-1]
            raise Refusal(found.faults[-1].code, **found.faults[-1].arguments)
        return found.positions, found.ignored

    def notation(
        self, table: Table, notes: Mapping[str, Evidence], delimiter: str, origin: str,
        together: Mapping[str, Evidence] | None = None,
    ) -> Notation:  # fmt: skip
        """How columns are written; doubts are noted as faults. `together` is what all files that are written alike say."""
        made = notation(table, notes, self.decimal, delimiter, origin, notes if together is None else together)
        self.faults += made.faults
        return made
