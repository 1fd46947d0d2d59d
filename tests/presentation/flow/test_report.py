"""The report of a flow: its tables in both languages, what is left out, and the event log."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.metrics.flow.flows import STARTED, WAITED, flow, resolved
from tests.service_level.lives import life, said
from tkt.presentation.flow.event_log import event_log
from tkt.presentation.flow.report import left_out_words, report
from tkt.presentation.flow.tables import holder_table, path_table, state_table, transition_table
from tkt.presentation.table import Table, Toned, text_of

PARIS = ZoneInfo("Europe/Paris")
PATH = "New → In progress → Pending (user) → In progress → Resolved"


def rows(table: Table) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in table.rows]


def test_shares_are_of_the_time_in_which_tickets_were_open() -> None:
    closed = said("20:00", state="resolved → closed")
    found = flow(life(STARTED, said("09:45", state="in_progress → resolved"), closed), period=None)
    assert [(row[0], row[8]) for row in rows(state_table(found.times["state"]))] == [
        ("New", "50.0%"),
        ("In progress", "50.0%"),
        ("Resolved", ""),
    ]


def test_who_has_waited_longer_than_nine_in_ten_is_marked() -> None:
    table = state_table(flow(resolved(), life(STARTED, WAITED)).times["state"])
    [pending] = [row for row in table.rows if row[0] == "Pending (user)"]
    assert Toned("10h", "warning") in pending
    assert pending[-1] == "INC0000002"


def test_holders_tell_how_they_passed_their_time() -> None:
    found = flow(
        life(
            said("09:15", group="Support"),
            said("10:15", state="new → in_progress"),
            said("13:15", state="in_progress → resolved"),
        )
    )
    [support] = rows(holder_table("group", found.times["group"]))
    assert support[0] == "Support"
    assert support[6:10] == ["4h", "25.0%", "75.0%", "0.0%"]


def test_an_opening_takes_no_time_and_a_path_says_where_it_waited() -> None:
    found = flow(resolved())
    assert rows(transition_table("state", found.transitions))[0] == ["opened", "New", "1", "1", "", ""]
    assert rows(path_table(found, found.paths)) == [
        ["1", "100.0%", "1h45", "1h45", "In progress", "38.1%", "INC0000001", PATH]
    ]


def test_a_ticket_resolved_at_once_waited_nowhere() -> None:
    found = flow(life(said("09:15", state="new → resolved")))
    assert rows(path_table(found, found.paths))[0][4:6] == ["", ""]


def test_a_desk_without_groups_has_no_table_of_them() -> None:
    told = report(flow(life(said("10:00", state="new → resolved"))), "plain")
    assert "Group" not in told
    assert "1 ticket, of which 1 came to an end, on 1 path." in told


def test_a_report_of_nothing_can_be_read() -> None:
    assert "0 tickets" in report(flow(), "plain")
    assert left_out_words(flow(), 1) == ""


def test_what_is_left_out_is_counted() -> None:
    found = flow(resolved(), life(STARTED, said("10:00", state="in_progress → resolved")))
    assert left_out_words(found, 1) == "Left out: 1 holder, 4 transitions, 1 path; --limit 0 shows all."
    assert left_out_words(found, 0) == left_out_words(found, 9) == ""
    assert report(found, "plain", most=1).count(" → ") == report(found, "plain").count(" → ") - 2


@pytest.mark.parametrize("format", ["table", "plain", "markdown", "html"])
def test_no_name_of_a_holder_acts_in_a_report(format: str) -> None:
    told = report(flow(life(said("09:15", group="<b>\x1b[2J|x")), by="group"), format)
    assert "\x1b" not in told
    assert "<b>" not in told or format in ("table", "plain")


def test_the_event_log_tells_each_visit_with_its_instants() -> None:
    found = flow(life(STARTED), log=True)
    assert [row[3:] for row in rows(event_log(found, PARIS))] == [
        ["New", "2026-01-15T09:15:00+01:00", "2026-01-15T09:30:00+01:00", "900", "In progress"],
        ["In progress", "2026-01-15T09:30:00+01:00", "", "37800", ""],
    ]
