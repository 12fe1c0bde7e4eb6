from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.repo import Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "repository")


@pytest.fixture
def ready(repo: Repo) -> Repo:
    """A repository in which `contractlang git-setup` was run."""
    assert repo.zc("git-setup")[0] == 0
    repo.commit("Attributes")
    return repo
