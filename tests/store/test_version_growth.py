"""Versions held against each other: the quick way and the whole one agree, whatever became of a file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.course_ticket import PATH, TEN, course
from tests.store.texts import LIKE_OURS
from tests.torture import counting, reached, scaled
from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.store.plain_growth import plain_growth
from tkt.store.ticket_file import TicketFile
from tkt.store.ticket_version import TicketVersion
from tkt.store.version_growth import growth_of, whole_growth

COURSE = course().data
changes: st.SearchStrategy[Change] = st.one_of(
    st.builds(
        FieldChange, st.sampled_from(["state", "title", "spent", "x_ours"]), st.sampled_from(["pending", "a", ""])
    ),
    st.builds(SetChange, st.just("tags"), st.sampled_from([(), ("vip",)]), st.sampled_from([(), ("vip",), ("b",)])),
)
steps = st.lists(
    st.tuples(st.lists(changes, max_size=2).map(tuple), st.sampled_from(["Vu.", "", *LIKE_OURS]), st.integers(0, 2)),
    min_size=1,
    max_size=3,
)
# What a hand, a merge tool or a forger does to the bytes.
PIECES = [
    b"state: in_progress",
    b"state: closed",
    b"\n",
    b"\n\n",
    b"### ",
    b"- state: closed",
    b"tags: [vip]\n",
    b"---\n",
]
PIECES += [
    b"\n### 2026-01-15T10:00:00+01:00 \xc2\xb7 X\n",
    b"<<<<<<< HEAD\n",
    b"=======\n",
    b"\r",
    b"\xff",
    b" ",
    b"#2 ",
    b"",
]
strikes = st.tuples(st.floats(0, 1), st.sampled_from([0, 0, 1, 5, 40]), st.sampled_from(PIECES))


def grown_by(data: bytes, some: list[tuple[tuple[Change, ...], str, int]]) -> bytes:
    """The file with entries that verbs could have written."""
    file = TicketFile.parse(PATH, data)
    for number, (made, words, minutes) in enumerate(some, 1):
        last = file.text.entries[-1]
        at = max(last.at, TEN) + timedelta(minutes=minutes)
        ordinal = last.ordinal + 1 if at == last.at else 1
        file = file.with_entry(Entry(at, "Jean DUPONT", "N1", False, made, f"{words}{number}", ordinal))
    return file.data


def struck(data: bytes, some: list[tuple[float, int, bytes]]) -> bytes:
    for where, length, piece in some:
        at = int(where * len(data))
        data = data[:at] + piece + data[at + length :]
    return data


def agree(before: bytes, after: bytes) -> bool:
    """Whether the quick way saw it; where it did, the whole comparison says the same."""
    quick = plain_growth(TicketVersion(before), TicketVersion(after))
    if quick is None:
        return False
    whole = whole_growth([TicketVersion(before)], TicketVersion(after))
    assert whole.wrong == []
    assert whole.new == quick
    return True


@settings(max_examples=scaled(50, 3_000))
@given(steps, steps)
def test_what_verbs_write_is_seen_at_once_and_is_right(first: list, second: list) -> None:  # type: ignore[type-arg]
    before = grown_by(COURSE, first)
    after = grown_by(before, second)

    # Words that look like the marks of a merge are left to the whole comparison, which knows better.
    assert agree(before, after) or any(mark in after for mark in (b"<<<<<<<", b"=======", b">>>>>>>"))
    assert whole_growth([TicketVersion(before)], TicketVersion(after)).wrong == []
    assert len(growth_of([TicketVersion(before)], TicketVersion(after)).new) == len(second)


@pytest.mark.slow
def test_whatever_is_done_to_a_file_the_quick_way_passes_nothing_that_the_whole_one_stops() -> None:
    tried = {"versions": 0, "seen_at_once": 0, "disagreements": 0}

    @settings(max_examples=scaled(100, 3_000))
    @given(steps, st.lists(strikes, max_size=2), steps, st.lists(strikes, min_size=1, max_size=3))
    def both_ways_agree(
        first: list,  # type: ignore[type-arg]
        early: list[tuple[float, int, bytes]],
        second: list,  # type: ignore[type-arg]
        late: list[tuple[float, int, bytes]],
    ) -> None:
        before = grown_by(COURSE, first)
        after = struck(grown_by(before, second), late)
        spoilt = struck(before, early)
        for older, newer in ((before, after), (spoilt, spoilt + after[len(before) :])):
            tried["versions"] += 1
            with counting(tried, "disagreements"):
                tried["seen_at_once"] += agree(older, newer)

    try:
        both_ways_agree()
    finally:
        reached("history-quick-and-whole-agree", **tried)


def test_a_version_that_only_gains_an_entry_is_seen_at_once() -> None:
    after = grown_by(COURSE, [((FieldChange("state", "pending"),), "Attente.", 5)])
    assert agree(COURSE, after)
    assert not agree(COURSE, after.replace(b"state: pending", b"state: closed", 1))
    assert not agree(COURSE, after.replace(b"title: O", b"title: X", 1))
    assert not agree(COURSE, after.replace(b"Escalade", b"Descente", 1))


def test_the_whole_comparison_names_what_departs_with_its_line() -> None:
    after = TicketVersion(COURSE.replace(b"state: in_progress", b"state: closed", 1))
    (one,) = whole_growth([TicketVersion(COURSE)], after).wrong
    assert one.rule == "snapshot"
    assert COURSE.decode().splitlines()[one.line - 1] == "state: in_progress"
