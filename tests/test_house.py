"""The house: floors, doors and rooms that a newcomer can count on (CONTRIBUTING.md)."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "tkt"
ROOMS = sorted(SOURCE.rglob("*.py"))
MOST_LINES = 300
NO_NAME_OF_A_ROOM = {"utils", "helpers", "common", "manager", "misc"}


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Hold the contracts of pyproject.toml against the package under `root`."""
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def copy_of_the_house(folder: Path) -> Path:
    """A copy to be spoiled."""
    shutil.copytree(SOURCE, folder / "src" / "tkt", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.mark.slow
def test_imports_only_go_down_and_each_library_has_one_door() -> None:
    """The floors of design.md, section 10, as pyproject.toml states them."""
    told = lint_imports(ROOT)
    assert told.returncode == 0, told.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("room", "line"),
    [
        ("domain/entry.py", "import tkt.cli.main"),
        ("presentation/style.py", "import tkt.desk.desk"),
        ("desk/moves.py", "import subprocess"),
        ("cli/main.py", "import yaml"),
        ("desk/calendars.py", "import holidays"),
    ],
)
def test_an_import_against_the_rules_is_found(tmp_path: Path, room: str, line: str) -> None:
    """A check that could not fail would hold nothing."""
    house = copy_of_the_house(tmp_path)
    spoilt = house / "src" / "tkt" / room
    spoilt.write_text(spoilt.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    assert lint_imports(house).returncode != 0


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_says_what_it_is_and_can_be_read_at_a_sitting(room: Path) -> None:
    """A module's first line says what it is; it fits on a few screens; its name is no cupboard's."""
    text = room.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "the first line must say what the room is"
    assert text.count("\n") <= MOST_LINES
    assert room.stem not in NO_NAME_OF_A_ROOM


@pytest.mark.parametrize("room", ROOMS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_functions_stay_short(room: Path) -> None:
    """No function over 50 lines, the options of a command aside: they are its declaration."""
    for node in ast.walk(ast.parse(room.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = (node.end_lineno or 0) - node.body[0].lineno + 1
            assert body <= 50, f"{node.name}: {body} lines"
