"""A ticket out of the index shows what its file shows: as it stands, as it stood, and by every clock."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.service_level.lives import DEFAULT
from tests.service_level.test_verdict_laws import OPENED, Step, lives, ticket_of
from tests.store.course_ticket import course
from tkt.domain.bounds import EVERYTHING
from tkt.domain.ticket import Ticket
from tkt.metrics.history import History, HistoryReader
from tkt.metrics.period import Period
from tkt.service_level.agreements import Agreements
from tkt.service_level.stopwatch import read_timeline
from tkt.service_level.verdict import read_clocks
from tkt.store.desk_folder import ticket_path
from tkt.store.index.database import Database, Standing
from tkt.store.index.indexed_ticket import IndexedTicket
from tkt.store.index.row import read_row
from tkt.store.index.workings import Workings
from tkt.store.ticket_file import TicketFile, new_ticket_file

ID = course().ticket.id
STANDING = Standing("", frozenset(), "sha1")


def written(root: Path, ticket: Ticket) -> Ticket:
    path = ticket_path(root, ID)
    path.parent.mkdir(parents=True)
    fields = {**ticket.fields, "state": ticket.state or "new"}
    path.write_bytes(new_ticket_file("", fields, ticket, "\n## Description\n\nNe répond plus.\n").data)
    return TicketFile.of("", path).ticket


class Indexed:
    """A ticket in a file, in an index, and out of it again as often as one likes."""

    def __init__(self, root: Path, ticket: Ticket, agreements: Agreements) -> None:
        self.path = str(root / "index.sqlite")
        self.working = Workings(lambda _id: TicketFile.of("", ticket_path(root, ID)), agreements)
        self.ticket = written(root, ticket)
        row = read_row(str(root), ID, "sha1")
        assert row is not None and row.readable
        Database.create(self.path, [row], lambda: STANDING)

    def read(self) -> IndexedTicket:
        with closing(Database.open(self.path).connection) as connection:
            database = Database(connection)
            if self.working.new:
                database.keep(self.working.new)
                self.working.new.clear()
            return IndexedTicket(self.working, next(database.within(EVERYTHING)))


@given(lives(), st.lists(st.integers(0, 200), min_size=1, max_size=3))
def test_its_life_its_clocks_and_its_figures_are_those_of_the_file(
    lived: tuple[list[Step], int], looks: list[int]
) -> None:
    ticket = replace(course().ticket, entries=ticket_of(lived[0]).entries, opened_at=OPENED)
    known = replace(DEFAULT, known_as="these")
    with tempfile.TemporaryDirectory() as folder:
        indexed = Indexed(Path(folder), ticket, known)
        for minutes in [*looks, *looks]:  # the second time round, from what was kept the first time
            now = OPENED + timedelta(minutes=minutes)
            out, file = indexed.read(), indexed.ticket
            assert read_timeline(out, now)._replace(ticket=file) == read_timeline(file, now)
            assert read_clocks(out, known, now) == read_clocks(file, DEFAULT, now)
            period = Period(OPENED, now, "UTC", open_end=True)
            found, wanted = (HistoryReader((one,), known).read(period) for one in (out, file))
            assert [_plain(one) for one in found] == [_plain(one) for one in wanted]


def _plain(one: History) -> object:
    facts = (one.clocks, one.facts, one.overrun, one.waiting, one.stayed_with_one, one.after_first_contact)
    return _shown(one.ticket), one.timeline._replace(ticket=course().ticket), facts


def _shown(ticket: Ticket | None) -> object:
    if ticket is None:
        return None
    said = (ticket.entries, ticket.description, ticket.actions, ticket.last_said_at, ticket.may_be_open)
    return (
        dict(ticket.fields),
        ticket.sets,
        ticket.opened_at,
        said,
        tuple(replace(one, text="") for one in ticket.moves),
    )


@given(lives(), st.integers(-5, 200), st.booleans())
def test_as_of_any_moment_it_is_what_the_file_was(lived: tuple[list[Step], int], minutes: int, inclusive: bool) -> None:
    ticket = replace(course().ticket, entries=ticket_of(lived[0]).entries, opened_at=OPENED)
    now = OPENED + timedelta(minutes=minutes)
    with tempfile.TemporaryDirectory() as folder:
        indexed = Indexed(Path(folder), ticket, DEFAULT)
        out, file = indexed.read().as_of(now, inclusive=inclusive), indexed.ticket.as_of(now, inclusive=inclusive)
        assert out is None if file is None else _shown(out) == _shown(file)
        if out is not None and file is not None:
            assert out.as_of(now) is not None
            assert read_clocks(out, DEFAULT, now) == read_clocks(file, DEFAULT, now)


def test_clocks_that_were_judged_by_other_agreements_are_judged_again(tmp_path: Path) -> None:
    closed = course().ticket
    ended = replace(
        closed, fields={**closed.fields, "state": "closed"}, entries=ticket_of(_ENDED).entries, opened_at=OPENED
    )
    indexed = Indexed(tmp_path, ended, replace(DEFAULT, known_as="old"))
    later = OPENED + timedelta(days=9)
    first = read_clocks(indexed.read(), indexed.working.agreements, later)
    assert indexed.working.new
    indexed.read()
    nothing = Agreements((), DEFAULT.calendars, known_as="none")
    indexed.working.agreements = nothing
    assert read_clocks(indexed.read(), nothing, later) == read_clocks(indexed.ticket, nothing, later) != first


_ENDED = [
    Step(0, "new", "", "P3", False),
    Step(5, "in_progress", "", "P3", False),
    Step(9, "resolved", "", "P3", True),
    Step(9, "closed", "", "P3", True),
]
