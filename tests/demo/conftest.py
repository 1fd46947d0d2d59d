"""The demonstration's desk, built once for the tests that only look at it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tkt.demo.building import build_demo
from tkt.desk.recording import NoRecorder


def build(root: Path) -> Path:
    """The demonstration without git, on a disk that need not survive a power cut."""
    root.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _descriptor: None)
        build_demo(root, NoRecorder(root), lambda done, total: None)
    return root


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's desk. Nobody writes on it."""
    return build(tmp_path_factory.mktemp("demo") / "desk")
