"""What every test may count on: an environment that owes nothing to the machine, and a git that knows one person."""

from __future__ import annotations

import itertools
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.torture import scaled
from tkt import language

# How long an example takes is the bench's to measure: a busy machine breaks no promise of ours. Every run searches
# elsewhere, so that half of the usual examples find in two runs what the usual ones find in one.
settings.register_profile("tkt", deadline=None, max_examples=scaled(50, 1_000))
settings.load_profile("tkt")

_OF_THE_MACHINE = ("GIT_", "TKT_", "LC_", "XDG_", "GPG", "GNUPG")
_ALSO = ("LANG", "LANGUAGE", "TZ", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "EDITOR", "VISUAL", "PAGER", "EMAIL")
GITCONFIG = """\
[user]
\tname = Jean DUPONT
\temail = jean.dupont@entreprise.fr
[init]
\tdefaultBranch = main
[gc]
\tauto = 0
[maintenance]
\tauto = false
"""


# Rooms whose every test makes repositories, processes or whole desks: `make test-fast` leaves them out.
SLOW = ("cli", "demo", "git", "test_course.py", "test_docs.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what lives in a slow room, and every law that Hypothesis searches for a way to break."""
    for item in items:
        room = item.path.relative_to(Path(__file__).parent).parts[0]
        if room in SLOW or getattr(getattr(item, "function", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for each test, by number: pytest would look through all its folders for the next free name."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def clean_environment(
    homes: Iterator[Path], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A home of its own, where git finds Jean DUPONT; English, UTC, and nothing set that changes what is shown."""
    for name in list(os.environ):
        if name.startswith(_OF_THE_MACHINE) or name in _ALSO:
            monkeypatch.delenv(name)
    home = next(homes)
    home.mkdir()
    (home / ".gitconfig").write_text(GITCONFIG, encoding="utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    # Were the tests' own folder inside a repository, "not a repository" could not be tested.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path_factory.getbasetemp()))
    # Byte code is kept, since the tests start hundreds of processes: each would compile every module that changed.
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    time.tzset()
    language.speak("en")
    yield home
    language.speak("en")
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository just made: no commit yet."""
    folder = tmp_path / "repository"
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    return folder
