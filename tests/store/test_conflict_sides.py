"""Both sides of a file with conflict marks, read back as git had them before it put the marks in."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tkt.git.line_merge import merge_lines
from tkt.store.merging.conflict_sides import Sides, UnclearMarkers, sides_of

A_LINE = st.sampled_from(["un\n", "deux\n", "trois\n", "=\n", "<<<<<<<\n", "\n", "- state: new\r\n", "fin\u2028\n"])
TEXTS = st.lists(A_LINE, max_size=6).map("".join)


@settings(max_examples=30)
@given(TEXTS, TEXTS, TEXTS)
def test_what_git_marked_is_read_back_as_both_sides(base: str, ours: str, theirs: str) -> None:
    """Where git merged by itself, both sides read the same; where it did not, each is what git makes when told to take
    that side."""
    merged, clean = merge_lines(base, ours, theirs)
    sides = sides_of(merged)
    if clean:
        assert sides == Sides(merged, merged, merged)
    else:
        assert sides.ours == taking("--ours", base, ours, theirs)
        assert sides.theirs == taking("--theirs", base, ours, theirs)


def taking(side: str, *texts: str) -> str:
    """What git makes of three texts when it settles each conflict by taking a side."""
    with TemporaryDirectory() as folder:
        names = ("base", "ours", "theirs")
        for name, text in zip(names, texts, strict=True):
            Path(folder, name).write_bytes(text.encode())
        line = ["git", "merge-file", "--stdout", side, "ours", "base", "theirs"]
        return subprocess.run(line, cwd=folder, capture_output=True, check=True).stdout.decode()


def test_several_conflicts_with_what_both_grew_from() -> None:
    text = "a\n<<<<<<< HEAD\nb\n||||||| 1234\nc\n=======\nd\n>>>>>>> side\n"
    text += "e\n<<<<<<< x\n||||||| y\n=======\nf\n>>>>>>> z\n"
    assert sides_of(text) == Sides("a\nc\ne\n", "a\nb\ne\n", "a\nd\ne\nf\n")


def test_one_conflict_without_a_base_leaves_none() -> None:
    text = "<<<<<<< a\nb\n||||||| c\nd\n=======\ne\n>>>>>>> f\n<<<<<<< a\nb\n=======\ne\n>>>>>>> f\n"
    assert sides_of(text).base is None


def test_line_ends_stay_those_of_the_file() -> None:
    assert sides_of("<<<<<<< a\r\nb\r\n=======\r\nc\r\n>>>>>>> d\r\n") == Sides(None, "b\r\n", "c\r\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<<<<<<< a\nb\n", 3),
        ("<<<<<<< a\nb\n>>>>>>> c\n", 3),
        ("<<<<<<< a\n<<<<<<< b\n", 2),
        ("<<<<<<< a\n=======\n=======\n>>>>>>> c\n", 3),
    ],
)
def test_marks_that_do_not_pair_up_are_refused_with_their_line(text: str, line: int) -> None:
    with pytest.raises(UnclearMarkers, match=f"line {line}:"):
        sides_of(text)


def test_a_line_of_equal_signs_outside_of_a_conflict_is_text(tmp_path: Path) -> None:
    text = "Titre\n=======\n\n>>>>>>> cité\n"
    assert sides_of(text) == Sides(text, text, text)
