"""A contract as it stood in a revision, with the files beside it that it names."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from contractlang.analysis.check import check
from contractlang.analysis.framework.files import used_files
from contractlang.compare.versions import Version
from contractlang.git.run import GitFault, Repository, ask, repository


def commit_of(revision: str, at: Repository) -> str:
    """The commit of a revision as people write it. Raises GitFault ZC912 when there is none."""
    if revision.startswith("-") or not revision:  # an option, not a revision
        raise GitFault("ZC912", revision=revision)
    answer = ask(["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], at.top)
    if answer.code:
        raise GitFault("ZC912", revision=revision)
    return answer.text


def version_at(revision: str, path: Path, into: Path) -> Version:
    """A contract in a revision; the files beside it that it names are written below the folder `into`.

    Raises GitFault: outside a repository (ZC911), no such revision (ZC912), the file is not in it (ZC913), no text (ZC917).
    """
    at = repository(path.absolute().parent if path.absolute().parent.is_dir() else Path.cwd())
    return committed(at, commit_of(revision, at), at.name_of(path), into, revision, str(path))


def committed(at: Repository, commit: str, name: str, into: Path, revision: str = "", shown: str = "") -> Version:
    """The same for a commit and a name in the repository; `revision` and `shown` are what messages call them."""
    revision, shown = revision or commit[:10], shown or name
    content = file_at(at, commit, name)
    if content is None:
        raise GitFault("ZC913", file=shown, revision=revision)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise GitFault("ZC917", file=shown, revision=revision) from None
    called = f"{revision}:{shown}"
    for file in used_files(text, called, str(into)):  # each is written before it is read for the next one
        _write_beside(at, commit, PurePosixPath(name).parent, file, into)
    contract = check(text, called, str(into)).contract
    for file in [table.file for table in contract.tables if table.file] if contract else ():
        _write_beside(at, commit, PurePosixPath(name).parent, file, into)
    return Version(called, text, str(into))


def file_at(at: Repository, commit: str, name: str) -> bytes | None:
    """The bytes of a file in a commit as a checkout would write them, None when it is not there or no ordinary file."""
    listed = ask(["ls-tree", "-z", commit, "--", f":(top,literal){name}"], at.top).text
    if not listed.startswith("100"):
        return None
    answer = ask(["cat-file", "--filters", f"{commit}:{name}"], at.top)
    return None if answer.code else answer.output


def _write_beside(at: Repository, commit: str, folder: PurePosixPath, file: str, into: Path) -> None:
    target = (into / file).resolve()
    if not target.is_relative_to(into.resolve()):
        return  # settling says that a file must stand in the contract's folder
    content = file_at(at, commit, (folder / file).as_posix())
    if content is not None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
