"""The dashboard is the course's: its figures to the digit, its box to the cell."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.presentation.figures import by_category, dashboards_month, indicator, nothing, of_priorities
from tkt.metrics.scorecard import Scorecard
from tkt.presentation.dashboard import dashboard
from tkt.presentation.table import width_of

COURSE = """\
┌─────────────────────────────────────────────────────────────┐
│              DASHBOARD SUPPORT - JANVIER 2026               │
├─────────────────────────────────────────────────────────────┤
│                                                             │
│  TICKETS CE MOIS                                            │
│  ┌──────────────────────────────────────┐                   │
│  │ Créés      : 450  ████████████████   │                   │
│  │ Résolus    : 435  ███████████████    │                   │
│  │ En cours   : 45   ██                 │                   │
│  │ Backlog    : 15   █                  │                   │
│  └──────────────────────────────────────┘                   │
│                                                             │
│  RÉPARTITION PAR CATÉGORIE                                  │
│  ┌──────────────────────────────────────┐                   │
│  │ Messagerie     : 30%  ██████████     │                   │
│  │ Poste travail  : 25%  ████████       │                   │
│  │ Réseau         : 20%  ███████        │                   │
│  │ Applications   : 15%  █████          │                   │
│  │ Autres         : 10%  ███            │                   │
│  └──────────────────────────────────────┘                   │
│                                                             │
│  INDICATEURS CLÉS                                           │
│  ┌──────────────────────────────────────┐                   │
│  │ MTTR moyen     : 3h45   ✅ (<4h)     │                   │
│  │ FCR            : 72%    ✅ (>70%)    │                   │
│  │ SLA P1         : 98%    ✅ (>95%)    │                   │
│  │ SLA P2         : 94%    ⚠️ (<95%)    │                   │
│  │ CSAT           : 4.3/5  ✅ (>4)      │                   │
│  └──────────────────────────────────────┘                   │
│                                                             │
└─────────────────────────────────────────────────────────────┘
"""


def without_colour(text: str) -> str:
    return re.sub("\x1b\\[[0-9;]*m", "", text)


def cells(line: str) -> int:
    """How wide a screen shows a line: both signs take two cells."""
    return width_of(line.replace("⚠️", "xx"))


def section(text: str, title: str) -> list[str]:
    """The lines of the box under a title."""
    after = text.split(title)[1].splitlines()[2:]
    return [line.strip("│ ") for line in after[: next(at for at, line in enumerate(after) if "└" in line)]]


def test_the_courses_month_reads_as_the_course_prints_it(french: None) -> None:
    assert without_colour(dashboard(dashboards_month(), color=True)) == COURSE


def test_colour_makes_titles_bold_and_moves_no_border() -> None:
    lines = dashboard(dashboards_month(), color=True).splitlines()
    assert sum("\x1b[1m" in line for line in lines) == 4
    assert {cells(without_colour(line)) for line in lines} == {63}


def test_without_colour_words_say_what_the_signs_say(french: None) -> None:
    text = dashboard(dashboards_month())
    assert section(text, "INDICATEURS CLÉS") == [
        "MTTR moyen     : 3h45   atteint (<4h)",
        "FCR            : 72%    atteint (>70%)",
        "SLA P1         : 98%    atteint (>95%)",
        "SLA P2         : 94%    manqué (<95%)",
        "CSAT           : 4.3/5  atteint (>4)",
    ]
    assert not re.search("[\x1b✅⚠]", text)


def test_in_english() -> None:
    text = dashboard(dashboards_month())
    assert "SUPPORT DASHBOARD - JANUARY 2026" in text
    assert section(text, "TICKETS THIS MONTH")[2] == "In progress : 45   ██"
    assert section(text, "BREAKDOWN BY CATEGORY")[-1] == "Others         : 10%  ███"


def test_nothing_to_divide_by_is_no_data() -> None:
    text = dashboard(Scorecard(dashboards_month().period, nothing(), "category", {}, of_priorities()))
    assert section(text, "TICKETS THIS MONTH")[0] == "Created     : 0"
    assert section(text, "BREAKDOWN BY CATEGORY") == ["no data"]
    assert section(text, "KEY FIGURES") == [
        f"{label:14} : no data" for label in ("Mean MTTR", "FCR", "SLA P1", "SLA P2", "CSAT")
    ]


def test_a_priority_below_the_second_shows_where_it_was_judged() -> None:
    card = replace(dashboards_month(), by_priority=of_priorities(P3=(9, 10)))
    assert [line[:6] for line in section(dashboard(card), "KEY FIGURES")[2:-1]] == ["SLA P1", "SLA P2", "SLA P3"]


@pytest.mark.parametrize(
    ("numerator", "shown"),
    [(4 * 3600 * 10, "4h     missed (≥4h)"), (4 * 3600 * 10 + 400, "4h01   missed (>4h)")],
)
def test_a_missed_figure_is_not_said_to_lie_beyond_a_limit_that_it_equals(numerator: int, shown: str) -> None:
    card = dashboards_month(mttr_seconds=indicator("mttr_seconds", numerator, 10))
    assert section(dashboard(card), "KEY FIGURES")[0] == f"Mean MTTR      : {shown}"


def test_a_figure_without_a_target_has_no_mark() -> None:
    card = dashboards_month(fcr=replace(indicator("fcr", 1, 2), target=None, met=None))
    assert section(dashboard(card), "KEY FIGURES")[1] == "FCR            : 50%"


def shares(**created: int) -> list[str]:
    card = replace(dashboards_month(), groups=by_category(**created))
    return [line.split("█")[0].rstrip() for line in section(dashboard(card), "BREAKDOWN BY CATEGORY")]


def test_five_categories_all_have_a_line() -> None:
    assert [line[:2] for line in shares(a=5, b=4, c=3, d=2, e=1)] == ["a ", "b ", "c ", "d ", "e "]


def test_the_others_come_last_and_hold_what_has_no_category_or_that_name() -> None:
    assert shares(**{"a": 1, "": 3, "autres": 4, "Others": 2}) == ["a              : 10%", "Others         : 90%"]
    assert shares(a=10, b=10, c=10, d=10, e=30, f=30) == [
        "e              : 30%",
        "f              : 30%",
        "a              : 10%",
        "b              : 10%",
        "Others         : 20%",
    ]


def test_a_category_of_no_new_ticket_has_no_line() -> None:
    assert shares(a=1, b=0) == ["a              : 100%"]


def test_a_long_name_widens_its_box_and_a_longer_one_is_cut() -> None:
    text = dashboard(replace(dashboards_month(), groups=by_category(**{"Gestion des accès distants et mobiles": 1})))
    assert section(text, "BREAKDOWN BY CATEGORY") == ["Gestion des accès dista… : 100%  ██████████"]
    assert {cells(line) for line in text.splitlines()} == {63}


def test_a_small_number_still_shows_on_its_bar() -> None:
    card = dashboards_month(backlog=indicator("backlog", 1))
    assert section(dashboard(card), "TICKETS THIS MONTH")[3].endswith("█")


@given(
    st.dictionaries(st.text(max_size=40), st.integers(0, 10**7), max_size=8),
    st.integers(0, 10**9),
    st.booleans(),
)
def test_whatever_the_names_and_numbers_every_line_is_63_cells_wide(
    created: dict[str, int], seconds: int, color: bool
) -> None:
    figures = {name: nothing() | {"created": indicator("created", count)} for name, count in created.items()}
    card = replace(dashboards_month(mttr_seconds=indicator("mttr_seconds", seconds, 1)), groups=figures)
    lines = without_colour(dashboard(card, color=color)).split("\n")
    assert {cells(line) for line in lines[:-1]} == {63}
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u202a-\u202e\u2066-\u2069]", "\n".join(lines))
