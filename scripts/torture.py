"""Runs the long version of every test that docs/guarantees.md names, and writes there the figures that they printed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "guarantees.md"
# A promise, the tests that hold it, and the key of its figures with what they were the last time.
_ROW = re.compile(
    r"^\| (?P<promise>[^|]+) \| (?P<tests>(?:`tests/[^`|]+`(?:, )?)+) \| `(?P<key>[\w-]+)`:(?P<said>[^|]*) \|$"
)
_TEST = re.compile(r"`(tests/[^`]+)`")


def main() -> int:
    """Run the tests; the figures are taken over only when every one of them held."""
    page = PAGE.read_text(encoding="utf-8")
    tests = list(dict.fromkeys(name for row in _rows(page) for name in _TEST.findall(row["tests"])))
    with tempfile.TemporaryDirectory() as folder:
        figures = Path(folder) / "figures.jsonl"
        around = {**os.environ, "TKT_TORTURE": "1", "TKT_TORTURE_FIGURES": str(figures)}
        ended = subprocess.run([sys.executable, "-m", "pytest", "-s", "--durations=0", *tests], cwd=ROOT, env=around)
        if ended.returncode:
            return ended.returncode
        said = dict(_said(line) for line in figures.read_text(encoding="utf-8").splitlines())
    silent = {row["key"] for row in _rows(page)} - said.keys()
    if silent:
        print(f"no figures were printed for: {', '.join(sorted(silent))}", file=sys.stderr)
        return 1
    PAGE.write_text("".join(f"{_with_figures(line, said)}\n" for line in page.splitlines()), encoding="utf-8")
    return 0


def _rows(page: str) -> list[re.Match[str]]:
    return [found for line in page.splitlines() if (found := _ROW.match(line))]


def _said(line: str) -> tuple[str, str]:
    figures = json.loads(line)
    promise = figures.pop("promise")
    return promise, ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in figures.items())


def _plain(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _with_figures(line: str, said: dict[str, str]) -> str:
    found = _ROW.match(line)
    if found is None or found["key"] not in said:
        return line
    return f"| {found['promise']} | {found['tests']} | `{found['key']}`: {said[found['key']]} ({date.today()}) |"


if __name__ == "__main__":
    sys.exit(main())
