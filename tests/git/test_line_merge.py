"""git's own line merge, of texts that are in no repository."""

from __future__ import annotations

from pathlib import Path

import pytest

from tkt.git.line_merge import merge_bytes, merge_lines


def test_changes_of_different_lines_are_both_there() -> None:
    assert merge_lines("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n") == ("A\nb\nc\nD\n", True)


def test_changes_of_one_line_are_marked_as_ours_and_theirs() -> None:
    assert merge_lines("a\n", "b\n", "c\n") == ("<<<<<<< ours\nb\n=======\nc\n>>>>>>> theirs\n", False)


def test_line_ends_are_kept() -> None:
    merged, clean = merge_lines("a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\r\nb\r\nC\r\n")
    assert (merged, clean) == ("A\r\nb\r\nC\r\n", True)
    assert merge_lines("a\r\n", "b\r\n", "c\r\n")[0].count("\r\n") == 5


def test_many_conflicts_are_conflicts() -> None:
    base, ours, theirs = (
        "".join(f"{one}{n}\n" + "".join(f"{n}.{m}\n" for m in range(9)) for n in range(300)) for one in "abc"
    )
    merged, clean = merge_lines(base, ours, theirs)
    assert not clean
    assert merged.count("<<<<<<< ours\n") == 300


def test_what_is_no_text_is_kept_whole_on_both_sides() -> None:
    merged, clean = merge_bytes(b"a", b"\0ours", b"\0theirs\n")
    assert (merged, clean) == (b"<<<<<<< ours\n\0ours\n=======\n\0theirs\n>>>>>>> theirs\n", False)


def test_a_persons_way_of_marking_conflicts_changes_nothing(clean_environment: Path) -> None:
    with (clean_environment / ".gitconfig").open("a", encoding="utf-8") as config:
        config.write("[merge]\n\tconflictStyle = diff3\n")
    assert "|||||||" not in merge_lines("a\n", "b\n", "c\n")[0]


@pytest.mark.parametrize("text", ["", "sans fin", "é\u2028\x85\n"])
def test_any_text_comes_back(text: str) -> None:
    assert merge_lines(text, text, text) == (text, True)
