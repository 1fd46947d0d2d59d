"""Where a desk keeps what can be made again from its files."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tkt.wiring.desks import cache_of


def test_each_desk_of_each_work_tree_has_a_place_of_its_own_inside_the_git_directory(repository: Path) -> None:
    subprocess.run(["git", "commit", "--quiet", "--allow-empty", "-m", "first"], cwd=repository, check=True)
    beside = repository.parent / "beside"
    subprocess.run(["git", "worktree", "add", "--quiet", str(beside)], cwd=repository, check=True)
    desks = [repository, repository / "one", repository / "two", beside, beside / "one"]
    places = [cache_of(desk) for desk in desks]
    assert len(set(places)) == len(desks)
    assert all(place and place.is_relative_to(repository / ".git") for place in places)


def test_a_desk_outside_of_git_keeps_nothing(tmp_path: Path) -> None:
    assert cache_of(tmp_path) is None
