"""The contract of the malformed samples, `malformed/contract.zc`: one paid table with a column of every kind."""

from __future__ import annotations

from pathlib import Path

from contractlang.analysis.check import check
from contractlang.model.contract import Contract

_PATH = Path(__file__).parent / "malformed" / "contract.zc"
_CHECKED = check(_PATH.read_text(encoding="utf-8"), _PATH.name, str(_PATH.parent))
assert _CHECKED.contract is not None, _CHECKED.findings

CONTRACT: Contract = _CHECKED.contract
CARE = CONTRACT.table("care")
