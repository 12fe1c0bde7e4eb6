"""What is wrong with the data as files: codes and arguments; the words come from `grammar/messages_data.toml`."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from contractlang.base.beside import shown
from contractlang.base.diagnostics import word

__all__ = ["DataError", "FileFault", "Refusal", "shown"]


class FileFault(Struct, frozen=True):
    """One fault: its code, and what its message mentions (file, column, row ...)."""

    code: str
    arguments: Mapping[str, str] = field(default_factory=dict)


class DataError(Exception):
    """The data cannot be used; all faults of all files. As text: the messages in `language`."""

    def __init__(self, faults: tuple[FileFault, ...], language: str = "en") -> None:
        super().__init__(faults)
        self.faults = faults
        self.language = language

    def __str__(self) -> str:
        return "\n".join(self._line(fault) for fault in self.faults)

    def _line(self, fault: FileFault) -> str:
        parts = (word(fault.code, part, self.language, fault.arguments) for part in ("text", "help"))
        return f"[{fault.code}] {' '.join(part for part in parts if part)}"


class Refusal(Exception):
    """Stops the reading of one table; becomes a fault of the whole."""

    def __init__(self, code: str, **arguments: str) -> None:
        super().__init__(code)
        self.fault = FileFault(code, arguments)
