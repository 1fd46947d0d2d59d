"""The composition root: whatever it offers is in one of its rooms, and a room is opened only when it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import tkt.wiring

ROOMS = sorted(path.stem for path in Path(tkt.wiring.__file__).parent.glob("*.py") if path.stem != "__init__")


def offered() -> dict[str, list[str]]:
    """The names of each room that the root says it has, as type checkers read them."""
    tree = ast.parse(Path(tkt.wiring.__file__).read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tkt.wiring."):
            found.setdefault((node.module or "").rpartition(".")[2], []).extend(one.name for one in node.names)
    return found


@pytest.mark.parametrize("room", ROOMS)
def test_every_public_name_of_a_room_is_had_from_the_root(room: str) -> None:
    """What type checkers are told, what is found when it runs, and what the room holds are the same names."""
    module = import_module(f"tkt.wiring.{room}")
    public = [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and getattr(value, "__module__", "") == module.__name__
    ]
    assert set(public) <= set(offered()[room])
    for name in offered()[room]:
        assert getattr(tkt.wiring, name) is getattr(module, name)


def test_a_name_that_is_nowhere_is_no_name() -> None:
    """As of any module."""
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = tkt.wiring.nothing_of_the_kind


def test_one_room_is_opened_without_the_others() -> None:
    """Start-up is part of the product: a command pays for the room it asks."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from tkt.wiring import merges_without_tkt; "
            "print(*sorted(name for name in sys.modules if name.startswith('tkt.wiring.')))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["tkt.wiring.clones"]
