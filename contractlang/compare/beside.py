"""The files that stand beside a contract and are part of it (`data tariffs from "tariffs.csv"`), in two versions."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

from contractlang.compare.blocks import Block
from contractlang.compare.changes import Change
from contractlang.model.contract import Contract

KIND = "file"


def beside(contract: Contract) -> dict[str, Path]:
    """The files that a contract names, those that are there: name to path. Names that lead out of its folder are left."""
    folder = Path(contract.folder or ".").resolve()
    named = {table.file: (folder / table.file).resolve() for table in contract.tables if table.file}
    return {name: path for name, path in named.items() if path.is_relative_to(folder) and path.is_file()}


def changed_files(old: Mapping[str, Path], new: Mapping[str, Path]) -> tuple[Change, ...]:
    """The files that both versions name and that differ; a file that only one names is a change of its `data` block."""
    found = []
    for name, path in new.items():
        if name in old and old[name].read_bytes() != path.read_bytes():
            found.append(Change(KIND, name, "", _block(name, old[name]), _block(name, path)))
    return tuple(found)


def laid_out(
    folder: Path, old: Mapping[str, Path], new: Mapping[str, Path], changed: Collection[str], made: Collection[str]
) -> None:
    """Copy the files of the old version into a folder, those of the new one where a change is made or no old one is."""
    for name, path in {**new, **old}.items():
        source = new[name] if name in changed and name in made else path
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _block(name: str, path: Path) -> Block:
    text = path.read_bytes().decode("utf-8", "replace")
    return Block(KIND, name, "", text, tuple(text.splitlines()))
