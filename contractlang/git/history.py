"""The history of a contract as what was negotiated: each commit with what it changed in meaning, and in euros."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

from msgspec import Struct

from contractlang.analysis.framework.files import used_files
from contractlang.compare.beside import beside
from contractlang.compare.differences import Told, told
from contractlang.compare.versions import NotComparable, Version, checked, compare
from contractlang.git.commits import Commit, commits, with_files
from contractlang.git.revision import commit_of, committed
from contractlang.git.run import GitFault, Repository
from contractlang.model.contract import Contract

Totals = Callable[[Contract], Fraction | None]
"""The total of a contract over the data; None when it cannot be settled over them."""


class Step(Struct, frozen=True):
    """A commit in the history of a contract.

    `what` is first (the first version), changed, same (no change of meaning), faulty (the version has errors, `faults` of
    them) or removed. The totals are those of the version before and of this one; None without data, for a version that
    cannot be settled, and for a merge.
    """

    commit: Commit
    what: str
    language: str
    told: tuple[Told, ...] = ()
    faults: int = 0
    old: Fraction | None = None
    new: Fraction | None = None


def history(at: Repository, path: Path, into: Path, since: str | None, total: Totals | None) -> tuple[Step, ...]:
    """The steps of a contract, newest first; `into` is a folder for files of old versions. Raises GitFault."""
    if since is not None:
        since = commit_of(since, at)
    name = at.name_of(path)
    found = commits(at, name, since)
    reader = _Reader(at, into, total)
    files = {file for commit in found for file in reader.files(commit)} | reader.files_at("HEAD", name)
    steps: list[Step] = []
    for commit in reversed(with_files(at, found, files, since, name)):
        steps.append(reader.step(commit))
    return tuple(reversed(steps))


class _Reader:
    """Reads versions and their totals once; remembers the last version that could be compared."""

    def __init__(self, at: Repository, into: Path, total: Totals | None) -> None:
        self.at = at
        self.into = into
        self.total = total
        self.versions: dict[tuple[str, str], Version | None] = {}
        self.totals: dict[tuple[str, bytes], Fraction | None] = {}
        self.last: Version | None = None

    def version(self, commit: str, name: str) -> Version | None:
        """The contract in a commit; None when it is not there or no text."""
        key = commit, name
        if key not in self.versions:
            try:
                folder = self.into / str(len(self.versions))
                self.versions[key] = committed(self.at, commit, name, folder) if name else None
            except GitFault:
                self.versions[key] = None
        return self.versions[key]

    def files(self, commit: Commit) -> set[str]:
        """The files that the contract names in a commit."""
        return self.files_at(commit.hash, commit.name)

    def files_at(self, commit: str, name: str) -> set[str]:
        """The same for a commit by its hash."""
        version = self.version(commit, name)
        if version is None:
            return set()
        frameworks = set(used_files(version.text, version.name, version.folder))
        contract = checked(version).contract
        return frameworks | {table.file for table in contract.tables if table.file} if contract else frameworks

    def step(self, commit: Commit) -> Step:
        """What a commit changed against its first parent; a merge: what none of its parents has."""
        new = self.version(commit.hash, commit.name)
        if new is None:
            return Step(commit, "removed", "en")
        found = checked(new)
        language = found.document.source.language
        if found.errors:
            return Step(commit, "faulty", language, faults=len(found.errors))
        older = [self.version(parent, commit.before or commit.name) for parent in commit.parents]
        parents = [one for one in (self._comparable(one) for one in older) if one is not None]
        self.last = new
        if not parents:
            return Step(commit, "first", language, new=self._amount(new))
        merge = len(commit.parents) > 1
        try:
            changed = _in_all([self._told(one, new) for one in parents])
        except NotComparable:
            return Step(commit, "faulty", language)
        old = None if merge else self._amount(parents[0])
        what = "changed" if changed else "same"
        return Step(commit, what, language, changed, old=old, new=None if merge else self._amount(new))

    def _comparable(self, version: Version | None) -> Version | None:
        """A version, or the last one that could be compared when this one has errors."""
        if version is None:
            return None
        return self.last if checked(version).errors else version

    def _told(self, old: Version, new: Version) -> tuple[Told, ...]:
        compared = compare(old, new)
        return tuple(told(change, compared.language) for change in compared.changes)

    def _amount(self, version: Version) -> Fraction | None:
        contract = checked(version).contract
        if self.total is None or contract is None or contract.holes:
            return None
        files = [path.read_bytes() for path in beside(contract).values()]
        key = version.text, b"\0".join([*(one.sha256.encode() for one in contract.frameworks), *files])
        if key not in self.totals:
            self.totals[key] = self.total(contract)
        return self.totals[key]


def _in_all(changed: list[tuple[Told, ...]]) -> tuple[Told, ...]:
    """What differs from every parent: blocks, and within them the differences that all have."""
    first, *others = changed
    return tuple(_kept(first, others)) if others else first


def _kept(first: tuple[Told, ...], others: list[tuple[Told, ...]]) -> Iterator[Told]:
    for one in first:
        same = [next((two for two in other if (two.kind, two.name) == (one.kind, one.name)), None) for other in others]
        if any(two is None for two in same):
            continue
        places = [{(found.where, found.new) for found in two.differences} for two in same if two]
        left = tuple(found for found in one.differences if all((found.where, found.new) in two for two in places))
        if left or not one.differences:
            yield Told(one.kind, one.name, one.what, left, one.standing, one.standing_of)
