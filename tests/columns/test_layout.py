"""Lists are sorted and grouped as people expect it: by meaning, not by letters, and what says nothing comes last."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.columns.rows import numbered, numbers, row
from tests.presentation.course import at
from tkt.columns.catalogue import COLUMNS
from tkt.columns.layout import Layout, Section, cut
from tkt.columns.naming import read_grouping, read_orders
from tkt.domain import words
from tkt.query.candidate import Candidate
from tkt.query.context import Context


def by(*orders: str, group: str = "") -> Layout:
    return Layout(orders=read_orders(orders), by=read_grouping(group) if group else None)


FOUR = [
    numbered(1, priority="P3", state="pending", assignee="Zoé", title="écran"),
    numbered(2, priority="P1", state="new", title="Clavier"),
    numbered(3, priority="P3", state="new", assignee="ana", title="souris"),
    numbered(4, priority="P2", state="assigned", assignee="Éric", title="Écran 2"),
]


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        (("id",), [1, 2, 3, 4]),
        (("-id",), [4, 3, 2, 1]),
        (("priority",), [2, 4, 1, 3]),
        (("-priority",), [1, 3, 4, 2]),
        (("priority,-id",), [2, 4, 3, 1]),
        (("-priority", "-id"), [3, 1, 4, 2]),
        (("state",), [2, 3, 4, 1]),
        (("assignee",), [3, 4, 1, 2]),
        (("-assignee",), [1, 4, 3, 2]),
        (("title",), [2, 1, 4, 3]),
        (("state,title",), [2, 3, 4, 1]),
    ],
)
def test_code_words_have_their_order_and_names_that_of_letters_and_nothing_comes_last(
    orders: tuple[str, ...], expected: list[int]
) -> None:
    assert numbers(by(*orders).arranged(reversed(FOUR))) == expected


def test_by_itself_a_list_is_sorted_by_what_is_due_next() -> None:
    assert numbers(Layout().arranged(FOUR)) == [2, 4, 1, 3]


def test_what_needs_somebody_first_is_first_by_its_verdict() -> None:
    late = Context(at("10:40"), FOUR[0].context.timezone, agreements=FOUR[0].context.agreements)
    rows = [Candidate(one.ticket, late) for one in FOUR]
    assert [COLUMNS["sla"].read(one) for one in by("sla").arranged(rows)] == [
        "breached",
        "breached",
        "running",
        "running",
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(words.PRIORITY.codes),
            st.sampled_from(words.STATE.codes),
            st.sampled_from(["", "a", "B", "é"]),
        )
    ),
    st.lists(st.sampled_from(["priority", "-state", "assignee", "-assignee", "group"]), max_size=3),
    st.sampled_from(["", "priority", "state", "assignee", "opened"]),
    st.none() | st.integers(0, 9),
)
def test_every_ticket_is_in_one_place_and_sections_go_on_where_the_list_does(
    made: list[tuple[str, str, str]], orders: list[str], group: str, most: int | None
) -> None:
    rows = [numbered(n, priority=p, state=s, assignee=a) for n, (p, s, a) in enumerate(made)]
    layout = by(*orders, group=group)

    arranged = layout.arranged(rows)
    sections = layout.sections(arranged)

    assert sorted(numbers(arranged)) == list(range(len(rows)))
    assert arranged == layout.arranged(reversed(rows))
    whole = [one for section in sections for one in section.rows]
    assert sorted(numbers(whole)) == sorted(numbers(arranged))
    place = {one.ticket.id: at for at, one in enumerate(arranged)}
    for section in sections:
        assert all(place[a.ticket.id] < place[b.ticket.id] for a, b in pairwise(section.rows))
        assert section.size == len(section.rows)
    shown = [one for section in cut(sections, most) for one in section.rows]
    assert shown == whole[: len(whole) if most is None else most]
    assert [(one.value, one.size) for one in cut(sections, most)] == [(one.value, one.size) for one in sections]


def test_sections_come_in_the_order_of_their_column_backwards_where_the_list_is() -> None:
    def values(*orders: str) -> list[object]:
        layout = by(*orders, group="priority")
        return [section.value for section in layout.sections(layout.arranged(FOUR))]

    assert values("due") == ["P1", "P2", "P3"]
    assert values("-priority") == ["P3", "P2", "P1"]


def test_what_has_no_value_is_a_section_of_its_own_at_the_end() -> None:
    layout = by("-assignee", group="assignee")
    assert [section.value for section in layout.sections(layout.arranged(FOUR))] == ["Zoé", "Éric", "ana", None]


def test_instants_are_grouped_by_their_day() -> None:
    layout = by(group="opened")
    sections = layout.sections(layout.arranged([row(), row(id="INC0000001")]))
    assert [(section.value, section.size) for section in sections] == [(at("00:00").date(), 2)]


def test_a_list_that_is_not_grouped_is_one_section() -> None:
    assert Layout().sections([]) == [Section(None, 0, [])]


def test_a_cut_keeps_how_many_there_were() -> None:
    layout = by("id", group="state")
    kept = cut(layout.sections(layout.arranged(FOUR)), 1)
    assert [(section.value, section.size, numbers(list(section.rows))) for section in kept] == [
        ("new", 2, [2]),
        ("assigned", 1, []),
        ("pending", 1, []),
    ]
