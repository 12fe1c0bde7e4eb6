"""Setting up a repository, or this person's git, for contracts; and taking exactly that away again.

What was added is noted in git's own configuration under `contractlang.added`, so that taking away never touches a
setting or a line that was there before.
"""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from contractlang.git.run import ask, repository, told
from contractlang.git.settings import ATTRIBUTES, settings

NOTED = "contractlang.added"
CACHE = "refs/notes/textconv/zc"


class Step(Struct, frozen=True):
    """One thing that was done or left: `what` is added, changed, there, kept, removed or absent."""

    what: str
    subject: str
    value: str = ""


class Place(Struct, frozen=True):
    """Where to write: the configuration (`--local` or `--global`), the file of attributes, and a folder to run in."""

    scope: str
    attributes: Path
    folder: Path


def place(folder: Path, everywhere: bool) -> Place:
    """Where the settings go. Raises GitFault ZC910 without git, ZC911 outside a repository."""
    if not everywhere:
        top = repository(folder).top
        return Place("--local", top / ".gitattributes", top)
    named = ask(["config", "--global", "--type=path", "--get", "core.attributesFile"], folder).text
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return Place("--global", Path(named) if named else Path(home) / "git" / "attributes", folder)


def set_up(at: Place) -> tuple[Step, ...]:
    """Write the attributes and the settings; what is there already stays. Raises GitFault, OSError."""
    noted = _noted(at)
    found = [_add_attributes(at)]
    for key, value in settings().items():
        found.append(_add(at, key, value, noted))
    ask(["update-ref", "-d", CACHE], at.folder)  # made by an earlier version of this program
    return tuple(found)


def take_away(at: Place) -> tuple[Step, ...]:
    """Remove what `set_up` added and nothing else. Raises GitFault, OSError."""
    noted = _noted(at)
    found = [_remove_attributes(at, noted)]
    for key in settings():
        if key not in noted:
            found.append(Step("absent", key))
        elif (now := _value(at, key)) != noted[key]:
            found.append(Step("kept", key, now))
        else:
            told(["config", at.scope, "--unset-all", key], at.folder)
            found.append(Step("removed", key))
    if noted:
        told(["config", at.scope, "--unset-all", NOTED], at.folder)
        ask(["update-ref", "-d", CACHE], at.folder)
    return tuple(found)


def _add(at: Place, key: str, value: str, noted: dict[str, str]) -> Step:
    now = _value(at, key)
    if now == value:
        return Step("there", key, value)
    if now and noted.get(key) != now:
        return Step("kept", key, now)  # somebody else's
    told(["config", at.scope, key, value], at.folder)
    _note(at, key, value)
    return Step("changed" if now else "added", key, value)


def _value(at: Place, key: str) -> str:
    return ask(["config", at.scope, "--get", key], at.folder).text


def _noted(at: Place) -> dict[str, str]:
    answer = ask(["config", at.scope, "-z", "--get-all", NOTED], at.folder)
    entries = [entry for entry in answer.output.decode("utf-8", "replace").split("\0") if entry]
    return dict(entry.partition("=")[::2] for entry in entries)


def _note(at: Place, key: str, value: str) -> None:
    pattern = f"^{key.replace('.', '[.]')}="
    told(["config", at.scope, "--replace-all", NOTED, f"{key}={value}", pattern], at.folder)


def _add_attributes(at: Place) -> Step:
    there = at.attributes.read_bytes() if at.attributes.exists() else None
    if there is not None and ATTRIBUTES in (line.strip() for line in there.decode("utf-8", "replace").splitlines()):
        return Step("there", str(at.attributes), ATTRIBUTES)
    end = b"\r\n" if there and b"\r\n" in there else b"\n"
    gap = end if there and not there.endswith(b"\n") else b""
    at.attributes.parent.mkdir(parents=True, exist_ok=True)
    with at.attributes.open("ab") as file:
        file.write(gap + ATTRIBUTES.encode() + end)
    _note(at, "attributes", "file" if there is None else "line after a line end" if gap else "line")
    return Step("added", str(at.attributes), ATTRIBUTES)


def _remove_attributes(at: Place, noted: dict[str, str]) -> Step:
    subject = str(at.attributes)
    if "attributes" not in noted or not at.attributes.exists():
        return Step("absent", subject)
    lines = at.attributes.read_bytes().splitlines(keepends=True)
    at_line = next((i for i, line in enumerate(lines) if line.strip() == ATTRIBUTES.encode()), None)
    if at_line is None:
        return Step("absent", subject)
    del lines[at_line]
    if noted["attributes"] == "line after a line end" and at_line == len(lines):
        lines[-1] = lines[-1].rstrip(b"\r\n")
    if not lines and noted["attributes"] == "file":
        at.attributes.unlink()
    else:
        at.attributes.write_bytes(b"".join(lines))
    return Step("removed", subject, ATTRIBUTES)
