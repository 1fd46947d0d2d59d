"""A piece of a text shows the words that it was found by, wherever they stand and whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.passages import Marks
from tkt.presentation.snippet import Snippet, snippet


def marks_of(text: str, word: str) -> Marks:
    return tuple((at, at + len(word)) for at in range(len(text)) if text.startswith(word, at))


def shown(text: str, word: str, room: int) -> tuple[str, list[str]]:
    piece = snippet(text, marks_of(text, word), room)
    return piece.text, [piece.text[start:end] for start, end in piece.marks]


def test_a_text_that_fits_is_whole_on_one_line() -> None:
    assert shown("IP  serveur\n\n\tblacklistée ", "serveur", 40) == ("IP serveur blacklistée", ["serveur"])


def test_a_long_text_is_cut_between_words_with_something_before_the_mark() -> None:
    text = "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze"
    assert shown(text, "neuf", 30) == ("…six sept huit neuf dix onze…", ["neuf"])


def test_the_place_where_most_marks_stand_together_is_shown() -> None:
    text = "relais " + "x " * 60 + "relais relais" + " y" * 60
    assert shown(text, "relais", 40)[1] == ["relais", "relais"]


def test_a_word_longer_than_any_line_is_cut() -> None:
    piece, marked = shown("a" * 5000 + "clé" + "b" * 5000, "clé", 60)
    assert len(piece) <= 60 + 30 and marked == ["clé"]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_shows_nothing(text: str) -> None:
    assert snippet(text, (), 40) == Snippet("", ())


def test_a_text_of_nothing_but_marks_is_shown_in_no_time() -> None:
    text = "a " * 100_000
    assert len(snippet(text, marks_of(text, "a"), 160).text) <= 160


@given(st.lists(st.sampled_from(["relais", "a", "mot", "x" * 50, "\n", "  "])), st.integers(10, 200))
def test_what_is_marked_is_the_word_and_one_is_always_marked(words: list[str], room: int) -> None:
    text = " ".join(words)
    piece, marked = shown(text, "relais", room)
    assert set(marked) <= {"relais"}
    assert bool(marked) == ("relais" in text)
    assert piece.strip("…") in " ".join(text.split())
