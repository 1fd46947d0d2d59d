"""Queues are counted in one reading of the tickets that any of them could hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.course_months import CET, JEAN
from tkt.columns.layout import Layout
from tkt.desk.desk import Desk
from tkt.desk.founding import found_desk
from tkt.desk.opening import Wish, open_ticket
from tkt.desk.querying import context_of
from tkt.desk.queues import UnknownQueue, count_queues, find_queue, layout_of
from tkt.desk.recording import NoRecorder
from tkt.desk.said import Said
from tkt.domain.bounds import Bounds
from tkt.domain.queues import Queue
from tkt.domain.ticket import Ticket
from tkt.domain.words import OPEN
from tkt.store.settings.settings import read_settings
from tkt.store.unreadable_ticket import UnreadableTicket

NOW = datetime(2026, 1, 15, 9, 15, tzinfo=CET)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with three tickets."""
    recorder = NoRecorder(tmp_path, lambda: JEAN)
    found_desk(tmp_path, "fr", "Europe/Paris", recorder, None)
    made = Desk(tmp_path, read_settings(tmp_path / "tkt.yaml"), lambda: recorder, NOW)
    for number in range(3):
        open_ticket(made, Wish({"title": f"Panne {number}", "requester.name": "Marie MARTIN"}), Said())
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Bounds]:
    """Within which bounds a desk's tickets are asked for, each time."""
    readings: list[Bounds] = []
    read = Desk.tickets

    def tickets(desk: Desk, unreadable: list[UnreadableTicket], bounds: Bounds) -> Iterator[Ticket]:
        readings.append(bounds)
        return read(desk, unreadable, bounds=bounds)

    monkeypatch.setattr(Desk, "tickets", tickets)
    return readings


def with_queues(desk: Desk, *queues: Queue) -> Desk:
    return replace(desk, settings=replace(desk.settings, queues={one.name: one for one in queues}))


def test_all_queues_are_counted_in_one_reading_within_what_any_of_them_could_hold(
    desk: Desk, asked: list[Bounds]
) -> None:
    counted = count_queues(desk, context_of(desk), [])

    assert {one.queue.name: one.tickets for one in counted if one.tickets} == {"unassigned": 3}
    assert [bounds.states for bounds in asked] == [OPEN]


def test_a_desk_without_queues_reads_no_ticket(desk: Desk, asked: list[Bounds]) -> None:
    assert count_queues(with_queues(desk), context_of(desk), []) == []
    assert asked == []


def test_a_queue_is_laid_out_like_every_list_where_it_does_not_say_otherwise() -> None:
    assert layout_of(Queue("plain", "")) == Layout()
    own = layout_of(Queue("own", "", columns=("id", "x_site"), sort=("-age", "x_site"), by="x_site"))
    assert [column.name for column in own.columns] == ["id", "x_site"]
    assert [(order.column.name, order.backwards) for order in own.orders] == [("age", True), ("x_site", False)]
    assert own.by is own.columns[1]


@pytest.mark.parametrize("name", ["at-risk", "AT RISK", "at_risk", "At risk of a breach"])
def test_a_queue_is_found_as_people_type_it(desk: Desk, name: str) -> None:
    assert find_queue(desk, name).name == "at-risk"


def test_a_name_is_found_before_another_queues_title(desk: Desk) -> None:
    two = with_queues(desk, Queue("a", "", "b"), Queue("b", ""))
    assert find_queue(two, "B").name == "b"


def test_an_unknown_queue_is_refused_with_the_nearest(desk: Desk) -> None:
    with pytest.raises(UnknownQueue, match=r"There is no queue “mien” on this desk\. Did you mean mine\?"):
        find_queue(desk, "mien")
