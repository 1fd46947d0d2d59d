"""How far a test goes: the everyday size, or the long one of `make torture`; and the figures that it reached."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

# Read once: the tests' own environment knows nothing of the machine's.
_LONG = bool(os.environ.get("TKT_TORTURE"))
_FIGURES = os.environ.get("TKT_TORTURE_FIGURES", "")


def scaled(everyday: int, long: int) -> int:
    """How many times to do a thing: `long` times under `make torture`, `everyday` times otherwise."""
    return long if _LONG else everyday


@contextmanager
def counting(tried: MutableMapping[str, int], what: str) -> Iterator[None]:
    """Count under `what` a promise that did not hold, and let the test fail of it."""
    try:
        yield
    except AssertionError:
        tried[what] = tried.get(what, 0) + 1
        raise


def reached(promise: str, **figures: int | float | str) -> None:
    """Print what a test of a promise tried and lost; `make torture` carries it into docs/guarantees.md."""
    print(f"{promise}: " + ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in figures.items()))
    if _FIGURES:
        with Path(_FIGURES).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"promise": promise, **figures}) + "\n")
