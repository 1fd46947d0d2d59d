"""docs/guarantees.md is true: each promise names tests that are there and print its figures, and nothing was lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "guarantees.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines() if "`tests/" in line]
# What a test counts that must not happen.
NEVER = re.compile(r"\b(?:lost|twice|tracebacks|over one second|written outside|disagreements)\b (\d+(?:,\d{3})*)")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[-1].partition(":")[0].strip("`"))
def test_a_promise_is_held_by_tests_that_print_its_figures(row: list[str]) -> None:
    promise, tests, figures = row
    assert promise.endswith(".")
    key = figures.partition(":")[0].strip("`")
    named = [name.split("::") for name in re.findall(r"`(tests/[^`]+)`", tests)]
    sources = [(ROOT / path).read_text(encoding="utf-8") for path, _test in named]
    for (path, test), source in zip(named, sources, strict=True):
        assert re.search(rf"^def {test}\(", source, re.MULTILINE), f"{path} has no {test}"
    assert any(f'reached("{key}"' in " ".join(source.split()).replace("( ", "(") for source in sources), key
    assert re.search(r"\d", figures), "never measured"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[-1].partition(":")[0].strip("`"))
def test_nothing_was_lost(row: list[str]) -> None:
    assert {count for count in NEVER.findall(row[-1])} <= {"0"}, row[-1]


def test_there_are_promises() -> None:
    assert len(ROWS) >= 6
