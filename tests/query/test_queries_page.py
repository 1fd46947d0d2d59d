"""docs/queries.md is true: its keys are those that there are, its examples are queries."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.query.asking import CONTEXT
from tkt.language import speak
from tkt.query.meaning import key_of, words_of
from tkt.query.query import read_query
from tkt.query.typed import typed
from tkt.query.vocabulary import DAYS, KEY

PAGE = (Path(__file__).parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")


def rows(section: str) -> list[list[str]]:
    """The cells of the lines of a section's first table."""
    text = re.split(r"^## ", PAGE.split(f"## {section}\n", 1)[1], flags=re.MULTILINE)[0]
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[1:]]


def code(cell: str) -> str:
    """What stands in a cell as code."""
    return cell.strip("`")


KEYS = {code(row[0]): row for row in rows("The keys")}


def test_every_key_is_described_and_no_other() -> None:
    assert list(KEYS) == [*KEY.codes, "x_…"]


@pytest.mark.parametrize("key", KEY.codes)
def test_a_key_is_said_in_french_as_the_page_says(key: str) -> None:
    assert key_of(code(KEYS[key][1])) == key


@pytest.mark.parametrize("key", [key for key in KEY.codes if KEYS[key][2] == "words"])
def test_the_words_of_a_key_are_those_that_it_takes(key: str) -> None:
    named = re.findall(r"`([^`]+)`", KEYS[key][3])
    if " to " in KEYS[key][3]:
        assert [words_of(key)[0], words_of(key)[-1]] == named
    elif named:
        assert set(named) == set(words_of(key))


@pytest.mark.parametrize(
    "query", [code(row[0]) for row in rows("Examples")] + [code(row[0]) for row in rows("The language")]
)
def test_an_example_is_a_query(query: str) -> None:
    """As it stands, and as a shell gives it."""
    query = query.replace("(…)", "(a)").replace('"age:>3bd"', "age:>3bd")
    read = read_query(query, CONTEXT)

    assert read_query(str(read), CONTEXT) == read


def test_the_days_are_those_named() -> None:
    named = [word for word in DAYS.codes if f"`{word}`" in PAGE]

    assert named == list(DAYS.codes)


@pytest.mark.parametrize(
    ("argument", "query"), [("state:en cours", 'state:"en cours"'), ("relay denied", '"relay denied"')]
)
def test_what_a_shell_leaves_of_quotes_is_read_as_the_page_says(argument: str, query: str) -> None:
    speak("en")

    assert read_query(typed([argument], CONTEXT), CONTEXT) == read_query(query, CONTEXT)
