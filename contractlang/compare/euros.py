"""What the differences between two versions do in euros: the versions and the mixtures of both, settled."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from msgspec.structs import replace

from contractlang.analysis.check import check
from contractlang.base.own_folder import own_folder
from contractlang.compare.behind import Behind, rows_behind
from contractlang.compare.beside import KIND, laid_out
from contractlang.compare.bridge import Bridge, Made, NoContract, bridge
from contractlang.compare.mixture import REPORT, UNPAID, mixed, whole
from contractlang.compare.outcome import Amounts, Apart, Named, amounts_of, apart_of
from contractlang.compare.versions import Compared
from contractlang.data.faults import DataError
from contractlang.engine.protocol import BrokenLaw, DataFault
from contractlang.model.contract import Contract
from contractlang.statement.model import Statement

Settle = Callable[[Contract, Path | None], Statement]
"""Settles a contract, and writes its lines to a Parquet file when one is named."""


def bridged(compared: Compared, settled: Settle, most: int = 0) -> Bridge:
    """The difference in euros, attributed to the changes. `settled` settles one contract, and writes its lines if asked.

    `most` is how many rows are looked up behind each effect; with 0 no rows are. Raises NoContract when a version cannot be
    settled, and what `settled` raises for one of the versions; a mixture of both that the data do not fit is no contract.
    """
    with own_folder(Path(tempfile.gettempdir())) as folder:
        mixtures = _Mixtures(compared, settled, folder, most)
        effective = mixtures.effective
        made = bridge(effective, mixtures.amounts, mixtures.behind if most else None)
        return replace(made, apart=Apart(mixtures.apart[()], mixtures.apart[effective]))


class _Mixtures:
    """Settles the versions and what lies between them, and keeps of each what the bridge may ask for."""

    def __init__(self, compared: Compared, settled: Settle, folder: Path, most: int) -> None:
        self.compared, self.settled, self.folder, self.most = compared, settled, folder, most
        self.apart: dict[Made, Mapping[Named, Fraction]] = {}
        self.lines: dict[Made, Path] = {}
        self.spread: set[str] = set()
        paying = tuple(change for change in compared.changes if change.kind not in (*UNPAID, REPORT))
        self.effective = paying
        if len(paying) < len(compared.changes) and self._read_otherwise(paying):
            self.effective = tuple(change for change in compared.changes if change.kind not in UNPAID)

    def _read_otherwise(self, paying: Made) -> bool:
        """Whether the reports of the new version make it read other cells: those may then not be empty."""
        compared, folder = self.compared, self._laid_out(paying, self.folder / "reports")
        read = []
        for text in (whole(compared.new), mixed(compared.old, compared.new, _blocks(paying), resting=False)):
            contract = check(text, compared.name, str(folder)).contract
            if contract is None:
                return False
            read.append({(table.name, one.name) for table in contract.tables for one in table.columns if one.used})
        return read[0] != read[1]

    def _laid_out(self, made: Made, folder: Path) -> Path:
        """A folder with the files beside the contract, those of the new version where that change is made."""
        compared = self.compared
        folder.mkdir(exist_ok=True)
        differing = {change.name for change in compared.changes if change.kind == KIND}
        taken = {change.name for change in made if change.kind == KIND}
        laid_out(folder, compared.old_files, compared.new_files, differing, taken)
        return folder

    def amounts(self, made: Made) -> Amounts:
        """What a mixture comes to. Raises NoContract, and for the versions themselves what `settled` raises."""
        statement = self._statement(made, self.folder / str(len(self.apart)))
        self.apart[made] = apart_of(statement)
        return amounts_of(statement)

    def behind(self, weights: Mapping[Made, Fraction]) -> Behind:
        """The rows behind a sum of mixtures that were settled."""
        return rows_behind({self.lines[made]: weight for made, weight in weights.items()}, self.spread, self.most)

    def _statement(self, made: Made, folder: Path) -> Statement:
        compared = self.compared
        self._laid_out(made, folder)
        lines = self.folder / f"{len(self.apart)}.parquet" if self.most else None
        for text in _texts(compared, made, len(self.effective)):
            contract = check(text, compared.name, str(folder)).contract
            if contract is None or contract.holes:
                continue
            try:
                statement = self.settled(contract, lines)
            except (DataError, DataFault, BrokenLaw):
                if len(made) in (0, len(self.effective)):
                    raise
                continue
            self.spread |= {table.name for table in contract.tables if table.spread is not None}
            if lines is not None:
                self.lines[made] = lines
            return statement
        raise NoContract


def _texts(compared: Compared, made: Made, number: int) -> Iterator[str]:
    """A mixture, as it may be written; the old and the new version themselves are no mixtures."""
    if len(made) in (0, number):
        yield whole(compared.new if made else compared.old)
        return
    for reports in (True, False):
        for resting in (True, False):
            yield mixed(compared.old, compared.new, _blocks(made), resting, reports)


def _blocks(made: Made) -> Made:
    return tuple(change for change in made if change.kind != KIND)
