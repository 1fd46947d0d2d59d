"""A watch sees every change of the desk, and reads no file again that did not change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.course_months import CET, JEAN
from tkt.desk.desk import Desk
from tkt.desk.founding import found_desk
from tkt.desk.moves import log
from tkt.desk.opening import Wish, open_ticket
from tkt.desk.querying import context_of, read_asked
from tkt.desk.recording import NoRecorder
from tkt.desk.said import Said
from tkt.desk.service_levels import check_service_levels
from tkt.desk.watching import Watch
from tkt.query.query import Query
from tkt.store.settings.settings import read_settings
from tkt.store.ticket_file import TicketFile
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
def query(desk: Desk) -> Query:
    """The open tickets."""
    return read_asked([], context_of(desk), every=False)


@pytest.fixture
def watch(query: Query) -> Watch:
    """A watch of the open tickets."""
    return Watch(query.steady)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were read, as they are."""
    names: list[str] = []
    of = TicketFile.of

    def counted(path: str, file: Path) -> TicketFile:
        names.append(file.stem)
        return of(path, file)

    monkeypatch.setattr(TicketFile, "of", staticmethod(counted))
    return names


def seen(watch: Watch, desk: Desk) -> list[str]:
    """The tickets that the watch finds now; every file can be read."""
    unreadable: list[UnreadableTicket] = []
    found = [ticket.id for ticket in watch.tickets(desk, unreadable)]
    assert not unreadable
    return found


def test_what_did_not_change_is_read_once(desk: Desk, watch: Watch, read: list[str]) -> None:
    first = seen(watch, desk)

    assert first == seen(watch, desk) == ["INC0000001", "INC0000002", "INC0000003"]
    assert read == first


def test_what_changed_alone_is_read_again(desk: Desk, watch: Watch, read: list[str]) -> None:
    seen(watch, desk)
    log(desk, ["INC0000002"], Said("Vu."))
    read.clear()

    assert [len(one.entries) for one in watch.tickets(desk, [])] == [1, 2, 1]
    assert read == ["INC0000002"]


def test_new_and_vanished_tickets_are_seen(desk: Desk, watch: Watch) -> None:
    seen(watch, desk)
    open_ticket(desk, Wish({"title": "Une de plus", "requester.name": "Marie MARTIN"}), Said())
    desk.path("INC0000001").unlink()

    assert seen(watch, desk) == ["INC0000002", "INC0000003", "INC0000004"]
    assert watch.known.keys() == {"INC0000002", "INC0000003", "INC0000004"}


def test_a_ticket_comes_and_goes_with_what_is_looked_for(desk: Desk, watch: Watch, read: list[str]) -> None:
    path = desk.path("INC0000001")
    open_text = path.read_text(encoding="utf-8")
    path.write_text(open_text.replace("state: new", "state: cancelled", 1), encoding="utf-8")
    assert seen(watch, desk) == ["INC0000002", "INC0000003"]
    read.clear()

    assert seen(watch, desk) == ["INC0000002", "INC0000003"]
    assert not read, "what nobody looks for is not read over and over either"

    path.write_text(open_text, encoding="utf-8")
    assert seen(watch, desk) == ["INC0000001", "INC0000002", "INC0000003"]


def test_a_file_that_cannot_be_read_is_told_each_time_until_it_can(desk: Desk, watch: Watch) -> None:
    path = desk.path("INC0000001")
    sound = path.read_bytes()
    path.write_bytes(b"rien")
    for _again in range(2):
        unreadable: list[UnreadableTicket] = []
        assert len(list(watch.tickets(desk, unreadable))) == 2
        assert [one.finding.path for one in unreadable] == [desk.name_of(path)]

    path.write_bytes(sound)
    assert len(seen(watch, desk)) == 3


def test_a_watch_judges_as_a_look_does(desk: Desk, query: Query, watch: Watch) -> None:
    log(desk, ["INC0000002"], Said("Vu.", public=True))

    context = context_of(desk)
    once = check_service_levels(desk, query, context)
    for _again in range(2):
        assert check_service_levels(desk, query, context, read=partial(watch.tickets, desk)) == once


def test_what_only_time_makes_true_is_not_passed_over_for_ever(desk: Desk) -> None:
    """A ticket that is too young to be asked for now is one that the watch keeps."""
    old = read_asked(["age:>1h", "state:open"], context_of(desk))
    watch = Watch(old.steady)
    looked = check_service_levels(desk, old, context_of(desk), read=partial(watch.tickets, desk))
    later = replace(desk, now=NOW + timedelta(hours=2))
    old_by_then = read_asked(["age:>1h", "state:open"], context_of(later))

    assert not looked.rows
    assert (
        len(check_service_levels(later, old_by_then, context_of(later), read=partial(watch.tickets, later)).rows) == 3
    )
