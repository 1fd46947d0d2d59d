"""Whoever merges, in whatever order: laws of merging two versions of a ticket, wherever no markers stand."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.store.merging import (
    Edit,
    Said,
    bases,
    by_hand,
    count,
    follows_its_journal,
    hand_edits,
    in_order,
    merged,
    read,
    said,
    with_said,
)
from tests.torture import counting, reached, scaled
from tkt.store.ticket_file import TicketFile

examples = settings(
    max_examples=scaled(35, 2000), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
steps = st.lists(said, max_size=3)
Edits = list[Edit]


@pytest.mark.slow
def test_merging_keeps_its_laws() -> None:
    tried = {"symmetric": 0, "in_any_order": 0, "markers": 0, "lost": 0}

    @examples
    @given(bases(), steps, steps, hand_edits, hand_edits)
    def the_same_bytes_whoever_merges(b: TicketFile, one: list[Said], other: list[Said], p: Edits, q: Edits) -> None:
        x, y = by_hand(with_said(b, one), p), by_hand(with_said(b, other), q)
        result, mirrored = merged(b, x, y), merged(b, y, x)
        assert sorted(result.conflicts) == sorted(mirrored.conflicts)
        tried["symmetric"] += 1
        tried["markers"] += bool(result.conflicts)
        assert result.conflicts or result.data == mirrored.data
        file = read(result) if not result.conflicts else b
        if not result.conflicts:
            with counting(tried, "lost"):
                assert count(file) == count(x) | count(y)
            assert in_order(file)
            assert follows_its_journal(file) or x.data == y.data

    @examples
    @given(bases(), steps, steps, steps, hand_edits)
    def three_clones_end_alike(b: TicketFile, one: list[Said], two: list[Said], three: list[Said], p: Edits) -> None:
        clones = [by_hand(with_said(b, one), p), with_said(b, two), with_said(b, three)]
        ends = set()
        for x, y, z in permutations(clones):
            first = merged(b, x, y)
            assume(not first.conflicts)
            last = merged(b, read(first), z)
            assume(not last.conflicts)
            ends.add(last.data)
        tried["in_any_order"] += 1
        assert len(ends) == 1

    try:
        the_same_bytes_whoever_merges()
        three_clones_end_alike()
    finally:
        reached("merge-laws", **tried)


@examples
@given(bases(), steps, hand_edits)
def test_what_one_side_alone_did_stands_byte_for_byte(b: TicketFile, done: list[Said], edits: Edits) -> None:
    x = by_hand(with_said(b, done), edits)
    assume(follows_its_journal(x))
    assert merged(b, x, b).data == x.data
    assert merged(b, b, x).data == x.data
    assert merged(b, x, x).data == x.data


@examples
@given(bases(), steps, steps)
def test_merging_again_changes_nothing(b: TicketFile, one: list[Said], other: list[Said]) -> None:
    x, y = with_said(b, one), with_said(b, other)
    result = merged(b, x, y)
    assume(not result.conflicts)
    m = read(result)
    assert merged(b, m, x).data == m.data
    assert merged(x, m, x).data == m.data
    assert merged(y, y, m).data == m.data
