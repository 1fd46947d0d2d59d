"""The documentation is true: what it shows on a console is what the commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted(page for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")] if "```console" in page.read_text())
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
ANYTHING = "[…]"


def exchanges(page: Path) -> list[tuple[str, str]]:
    """Each command of a page's consoles, and what it is said to answer."""
    found: list[tuple[str, str]] = []
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.split("\n")
            more = 1
            while lines[more - 1].endswith("\\"):
                lines[more] = lines[more].removeprefix("> ")
                more += 1
            found.append(("\n".join(lines[:more]), "\n".join(lines[more:]).strip("\n")))
    return found


def answers(commands: list[str], folder: Path) -> list[str]:
    """What a shell answers to the commands, one after the other, in an empty folder."""
    binaries = folder / "bin"
    binaries.mkdir()
    (binaries / "tkt").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tkt "$@"\n', encoding="utf-8")
    (binaries / "tkt").chmod(0o755)
    work = folder / "work"
    work.mkdir()
    mark = "@@ end of an answer @@"
    script = "\n".join(f"{command}\nprintf '\\n%s\\n' '{mark}'" for command in commands)
    environment = {**os.environ, "PATH": f"{binaries}:{os.environ['PATH']}", "PAGER": "cat"}
    environment |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    done = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"], cwd=work, env=environment, capture_output=True, text=True, check=False
    )
    return [answer.strip("\n") for answer in done.stdout.split(mark)]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_console_in_the_documentation_shows_what_the_commands_print(page: Path, tmp_path: Path) -> None:
    """`[…]` stands for anything, so that what differs from run to run may be left out."""
    shown = exchanges(page)
    got = answers([command for command, _answer in shown], tmp_path)
    for (command, expected), answer in zip(shown, got, strict=False):
        pattern = re.escape(expected).replace(re.escape(ANYTHING), "(?s:.*)")
        assert re.fullmatch(pattern, answer), f"$ {command}\n{answer}\n--- and not ---\n{expected}"


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda page: page.name
)
def test_links_lead_somewhere(page: Path) -> None:
    """A page that is named exists."""
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link
