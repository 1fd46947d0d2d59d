"""The time line: to the width, each kind by a sign of its own, each mark under its place."""

from __future__ import annotations

import re
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.presentation.explained import PARIS, eventful, told
from tests.service_level.lives import DEFAULT, at, life, said
from tests.service_level.test_explanation import explained
from tests.torture import scaled
from tkt.domain.ticket import Ticket
from tkt.presentation.explanation import time_line as drawing
from tkt.presentation.explanation.time_line import time_line
from tkt.presentation.table import width_of
from tkt.service_level.account import KINDS
from tkt.service_level.agreements import Agreements
from tkt.service_level.explanation import explain

SIGNS = drawing._SIGNS


def test_a_day_is_drawn_in_proportion_with_its_marks_under_their_places() -> None:
    waited = life(
        said("10:15", state="new → pending", reason="user"),
        said("11:15", state="pending → in_progress"),
        said("13:15", state="in_progress → resolved"),
        said("14:15", state="resolved → in_progress"),
        priority="P1",
    )
    assert time_line(told(waited, at("15:15"), desk=DEFAULT), PARIS, 60).splitlines() == [
        "2026-01-15 09:15                            2026-01-15 15:15",
        "██████████░░░░░░░░░░████████████████████××××××××××██████████",
        "                           at risk 2026-01-15 14:27 ↑",
        "                                      due 2026-01-15 15:15 ↑",
        "                                      now 2026-01-15 15:15 ↑",
        "█ running  ░ paused  × resolved, then reopened",
    ]


def test_each_kind_has_a_sign_and_a_name_and_no_two_have_the_same() -> None:
    assert set(SIGNS) == {*KINDS, "ahead"} == set(drawing._NAMES)
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert all(width_of(sign) == 1 for sign in SIGNS.values())


def test_what_is_ahead_is_drawn_up_to_the_due_instant() -> None:
    lines = time_line(told(life(), at("21:15"), desk=DEFAULT), PARIS, 80).splitlines()
    assert lines[1] == "█" * 40 + "─" * 40
    assert [line.strip() for line in lines[2:5]] == [
        "↑ now 2026-01-15 21:15",
        "at risk 2026-01-16 04:27 ↑",
        "due 2026-01-16 09:15 ↑",
    ]
    assert lines[2].index("↑") == 40


def test_a_clock_that_has_ended_is_drawn_to_its_end_and_has_no_marks_beyond() -> None:
    solved = life(said("10:15", state="new → resolved"))
    lines = time_line(told(solved, desk=DEFAULT), PARIS, 60).splitlines()
    assert lines[1:] == ["█" * 60, " " * 34 + "stopped 2026-01-15 10:15 ↑", "█ running"]


def test_where_no_time_has_passed_there_is_nothing_to_draw() -> None:
    assert time_line(told(life(), at("09:15")), PARIS, 80) == ""


def test_colour_shows_what_was_over_and_nothing_else_differs() -> None:
    one = told(eventful())
    plain, painted = (time_line(one, PARIS, 100, color=color) for color in (False, True))
    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == plain
    assert "\x1b[31m█" in painted
    assert "\x1b" not in plain


@settings(max_examples=scaled(60, 2_000), deadline=None)
@given(explained(), st.integers(40, 200))
def test_every_life_fits_its_width_and_shows_only_what_there_is(
    drawn: tuple[Ticket, Agreements, datetime], width: int
) -> None:
    for clock in ("response", "resolution"):
        one = explain(*drawn, clock)
        lines = time_line(one, PARIS, width).splitlines()
        if not lines:
            assert not one.account.intervals
            continue
        assert all(width_of(line) <= width for line in lines)
        assert len(lines[1]) == width
        drawn_kinds = {kind for kind, sign in SIGNS.items() if sign in lines[1]}
        assert drawn_kinds <= {interval.kind for interval in one.account.intervals} | {"ahead"}
        legend = " ".join(line for line in lines if "↑" not in line).split(lines[1], 1)[1]
        assert {kind for kind, sign in SIGNS.items() if f"{sign} " in legend} == drawn_kinds
