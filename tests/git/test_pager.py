"""The person's pager is the one that git shows its logs in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tkt.git.pager import pager_of


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has said which."""
    for name in ("GIT_PAGER", "PAGER"):
        monkeypatch.delenv(name, raising=False)


def configured(monkeypatch: pytest.MonkeyPatch, pager: str) -> None:
    for key, value in (("COUNT", "1"), ("KEY_0", "core.pager"), ("VALUE_0", pager)):
        monkeypatch.setenv(f"GIT_CONFIG_{key}", value)


def test_git_pager_comes_before_core_pager_and_that_before_pager(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pager_of(tmp_path)
    monkeypatch.setenv("PAGER", "more -f")
    assert pager_of(tmp_path) == "more -f"
    configured(monkeypatch, "less -S | tee log")
    assert pager_of(tmp_path) == "less -S | tee log"
    monkeypatch.setenv("GIT_PAGER", "most")
    assert pager_of(tmp_path) == "most"


@pytest.mark.parametrize(("said", "expected"), [(None, "less"), ("more", "more"), ("", "")])
def test_without_git_it_is_the_environments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None, expected: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if said is not None:
        monkeypatch.setenv("PAGER", said)
    assert pager_of(tmp_path) == expected
