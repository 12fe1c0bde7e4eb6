"""What is wrong with a contract or its data, as values: code, place, arguments. The words come from tables per language."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from msgspec import Struct, field

from contractlang.base.resources import grammar_folder, table
from contractlang.base.source import NOWHERE, Place


class Diagnostic(Struct, frozen=True):
    """One finding. `fixes` are texts that can stand instead of what the place covers, best first."""

    code: str
    place: Place = NOWHERE
    arguments: Mapping[str, str] = field(default_factory=dict)
    fixes: tuple[str, ...] = ()
    severity: str = "error"  # error | warning


class _Lenient(Formatter):
    """Formats a message; an argument that is absent stays visible as its name instead of raising."""

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        return kwargs.get(str(key), "{" + str(key) + "}")


def messages() -> dict[str, dict[str, dict[str, str]]]:
    """Every code with its title, text and help per language, from all message tables of the grammar folder."""
    merged: dict[str, dict[str, dict[str, str]]] = {}
    for path in sorted(grammar_folder().glob("messages*.toml")):
        merged.update(table(path.name))
    return merged


def word(code: str, part: str, language: str, arguments: Mapping[str, str]) -> str:
    """The title, text or help of a code in a language, with its arguments filled in."""
    template = messages().get(code, {}).get(part, {}).get(language, "")
    return _Lenient().vformat(template, (), arguments)
