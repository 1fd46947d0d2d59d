"""Free text in a file: what is typed comes back as typed, and none of its lines is taken for ours."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from tests.store.texts import texts
from tkt.domain.keys import KEY
from tkt.store.free_text import close_block, escape, open_block, unescape

OURS = re.compile(rf"^(?:#{{1,3}}[ \t]|#{{1,3}}$|<{{7}} )|\A- {KEY}:(?:[ \t]|$)", re.MULTILINE)


@given(texts)
def test_what_is_typed_comes_back_as_typed(text: str) -> None:
    assert unescape(escape(text)) == text


@given(texts)
def test_what_a_file_of_ours_holds_stays_as_it_is_when_it_is_read_and_written_again(text: str) -> None:
    held = escape(text)
    assert escape(unescape(held)) == held


@given(texts)
def test_no_line_of_a_text_is_taken_for_a_heading_a_change_or_a_conflict(text: str) -> None:
    assert not OURS.search(escape(text))


@given(texts)
def test_a_line_gains_one_backslash_or_nothing(text: str) -> None:
    for before, after in zip(text.split("\n"), escape(text).split("\n"), strict=True):
        assert after in (before, "\\" + before)


@given(texts)
def test_a_block_gives_its_text_back_whether_or_not_another_follows(text: str) -> None:
    block = open_block(text)
    for held, last in ((block, True), (block + "\n", False)):
        source = close_block(held, last=last)
        assert unescape(source.removeprefix("\n")) == text


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("## Journal", r"\## Journal"),
        (r"\## Journal", r"\\## Journal"),
        ("#hashtag", "#hashtag"),
        ("#### quatre", "#### quatre"),
        ("- state: closed\n- x: 1\nsuite\n- y: 2", "\\- state: closed\n\\- x: 1\nsuite\n- y: 2"),
        ("voici\n- state: closed", "voici\n- state: closed"),
        ("- Symptôme : aucun", "- Symptôme : aucun"),
        ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x", "\\<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x"),
    ],
)
def test_only_lines_that_could_be_read_as_ours_are_touched(typed: str, held: str) -> None:
    assert escape(typed) == held


def test_a_hand_written_line_without_its_backslash_is_read_as_it_stands() -> None:
    assert unescape("# commentaire d'un script") == "# commentaire d'un script"
