"""The matrix: impact and urgency give the priority."""

from __future__ import annotations

from itertools import product

import pytest

from tkt.domain.priority import DEFAULT_MATRIX, is_lower
from tkt.domain.words import IMPACT, PRIORITY, URGENCY

PAIRS = list(product(IMPACT.codes, URGENCY.codes))


def test_every_pair_has_a_known_priority() -> None:
    assert set(DEFAULT_MATRIX) == set(PAIRS)
    assert set(DEFAULT_MATRIX.values()) == set(PRIORITY.codes)


@pytest.mark.parametrize(("impact", "urgency"), PAIRS)
def test_more_impact_or_more_urgency_is_never_less_urgent(impact: str, urgency: str) -> None:
    here = PRIORITY.rank(DEFAULT_MATRIX[impact, urgency])
    for more in IMPACT.codes[: IMPACT.rank(impact)]:
        assert PRIORITY.rank(DEFAULT_MATRIX[more, urgency]) <= here
    for more in URGENCY.codes[: URGENCY.rank(urgency)]:
        assert PRIORITY.rank(DEFAULT_MATRIX[impact, more]) <= here


@pytest.mark.parametrize(
    ("impact", "urgency", "priority"),
    [
        ("high", "high", "P1"),
        ("high", "medium", "P2"),
        ("medium", "medium", "P3"),
        ("low", "high", "P3"),
        ("low", "low", "P4"),
    ],
)
def test_the_course_s_priorities(impact: str, urgency: str, priority: str) -> None:
    assert DEFAULT_MATRIX[impact, urgency] == priority


def test_p4_is_lower_than_p1_and_nothing_is_lower_than_no_priority() -> None:
    assert is_lower("P4", "P1")
    assert not is_lower("P1", "P4")
    assert not is_lower("P3", "P3")
    assert not is_lower("P4", "")
