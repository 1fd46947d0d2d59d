"""Real git, for the tests of this room to ask and to act with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.git.work import Work


@pytest.fixture
def work(repository: Path) -> Work:
    """The repository that the tests work in."""
    return Work(repository)
