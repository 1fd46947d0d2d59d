"""Redaction: a marker stands for what was taken away, and for nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import said
from tkt.domain.redaction import MARKER, is_redaction_of, place_of, redacted_in

# Few letters, so that pieces of a text are found in it again by chance.
texts = st.text("ab\n", max_size=12)


@given(st.lists(texts, min_size=2, max_size=5), st.lists(texts, min_size=4, max_size=4))
def test_whatever_the_markers_replaced_the_redaction_is_known_for_one(kept: list[str], taken: list[str]) -> None:
    original = kept[0] + "".join(gone + piece for gone, piece in zip(taken, kept[1:], strict=False))
    assert is_redaction_of(MARKER.join(kept), original)


@given(st.lists(st.one_of(texts, st.just(MARKER)), max_size=6).map("".join), texts)
def test_it_agrees_with_a_pattern_in_which_the_marker_is_anything(redacted: str, original: str) -> None:
    pattern = ".*".join(re.escape(piece) for piece in redacted.split(MARKER))
    expected = redacted != original and MARKER in redacted and bool(re.fullmatch(pattern, original, re.DOTALL))
    assert is_redaction_of(redacted, original) == expected


@pytest.mark.parametrize(
    ("redacted", "original"),
    [("call 0612", "call 0612"), ("call 0613", "call 0612"), (f"call {MARKER}", "ring 0612"), (f"a{MARKER}a", "a")],
)
def test_any_other_alteration_is_none(redacted: str, original: str) -> None:
    assert not is_redaction_of(redacted, original)


def test_a_journal_says_what_was_redacted_and_where() -> None:
    told = [said("09:15", "Rappeler"), said("09:15", n=2, redacted="2026-01-15T09:15:00+01:00")]
    assert redacted_in(told) == {place_of(told[0])}
    assert place_of(told[1]) == "2026-01-15T09:15:00+01:00 #2"
