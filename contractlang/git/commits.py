"""The commits that touch a contract or a file beside it, newest first, each with the name that the contract then had."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from contractlang.git.run import GitFault, Repository, told

FORMAT = "%x01%H%x02%P%x02%h%x02%ad%x02%an%x02%s%x02"


class Commit(Struct, frozen=True):
    """A commit: its parents, what people see of it, and the contract's name in it and before it (empty: not there)."""

    hash: str
    parents: tuple[str, ...]
    short: str
    day: str
    author: str
    subject: str
    name: str
    before: str


def commits(at: Repository, name: str, since: str | None) -> tuple[Commit, ...]:
    """The commits that touch a contract, through renames. Raises GitFault ZC916 when there are none at all."""
    selected = ["HEAD"] if since is None else [f"{since}..HEAD"]
    found: list[Commit] = []
    for fields, changed in _log(at, ["--follow", "-c", "--name-status", *selected, "--", name]):
        if not changed and " " in fields[1]:
            continue  # a merge that takes one side as it is
        status, names = (changed[0][:1], changed[1:]) if len(changed) > 1 else ("M", [name])
        now = names[-1] if status in "RC" and len(fields[1].split()) < 2 else name
        before = "" if status == "A" else names[0] if status in "RC" else now
        found.append(_commit(fields, now, before))
        name = before or name
    if not found and since is None:
        raise GitFault("ZC916", file=name)
    return tuple(found)


def with_files(
    at: Repository, found: Sequence[Commit], files: Collection[str], since: str | None, name: str
) -> tuple[Commit, ...]:
    """The same with the commits that only touch files beside the contract (`files` as the contract names them)."""
    if not files:
        return tuple(found)
    selected = ["HEAD"] if since is None else [f"{since}..HEAD"]
    folder = PurePosixPath(name).parent
    paths = [f":(top,literal){(folder / file).as_posix()}" for file in sorted(files)]
    known = {commit.hash: commit for commit in found}
    other = {fields[0]: fields for fields, _ in _log(at, [*selected, "--", *paths])}
    made: list[Commit] = []
    for one in told(["rev-list", *selected], at.top).text.splitlines():
        if one in known:
            made.append(known[one])
            name = known[one].before
        elif one in other and name:
            made.append(_commit(other[one], name, name))
    return tuple(made)


def _commit(fields: Sequence[str], name: str, before: str) -> Commit:
    own, parents, short, day, author, subject = fields[:6]
    return Commit(own, tuple(parents.split()), short, day, author, subject, name, before)


def _log(at: Repository, arguments: Sequence[str]) -> list[tuple[list[str], list[str]]]:
    """Fields and name-status of each commit."""
    answer = told(
        ["log", "-z", "--no-color", "--no-ext-diff", "--date=short", f"--format={FORMAT}", *arguments], at.top
    )
    found = []
    for entry in answer.output.decode("utf-8", "replace").split("\x01")[1:]:
        *fields, rest = entry.split("\x02")
        found.append((fields, [part.strip("\n") for part in rest.split("\0") if part.strip("\n")]))
    return found
