"""A ServiceNow log becomes tickets: each rule on a log of a few rows."""

from __future__ import annotations

import csv
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.make_log import COLUMNS, FIRST_ROW, make_rows, write_log
from tkt.domain.entry import FieldChange
from tkt.domain.identifier import is_id
from tkt.domain.instant import write_instant
from tkt.domain.ticket import Ticket
from tkt.errors import Unreadable
from tkt.sources.imported import Imported
from tkt.sources.servicenow import read_log

UTC = ZoneInfo("UTC")
PARIS = ZoneInfo("Europe/Paris")
LATER = {"sys_updated_at": "29/2/2016 08:53", "sys_updated_by": "Updated by 642", "sys_mod_count": "2"}
LATEST = {"sys_updated_at": "1/3/2016 10:00", "sys_updated_by": "Updated by 804", "sys_mod_count": "3"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def imported(folder: Path, *rows: dict[str, str], zone: ZoneInfo = UTC) -> Imported:
    """What a log says whose rows are each the one before with these cells changed."""
    so_far, whole = FIRST_ROW, []
    for row in rows:
        so_far = so_far | row
        whole.append(so_far)
    return read_log(write_log(folder / "log.csv", whole), zone, PARIS)


def only_ticket(found: Imported) -> Ticket:
    (ticket,) = found.tickets
    return ticket


def kinds(found: Imported) -> list[tuple[int, str]]:
    return [(remark.line, remark.kind) for remark in found.remarks]


def assert_consistent(ticket: Ticket) -> None:
    """The journal is in order and its replay is the snapshot, without a concurrent move."""
    assert [entry.position for entry in ticket.entries] == sorted({entry.position for entry in ticket.entries})
    assert ticket.entries[0].at >= ticket.opened_at
    assert ticket.replayed.concurrent == []
    assert {key: ticket.get(key) for key in ticket.replayed.values} == ticket.replayed.values


def test_the_last_row_gives_the_fields(folder: Path) -> None:
    ticket = only_ticket(imported(folder, {}, LATER | {"incident_state": "Active", "assigned_to": "Resolver 5"}))
    assert dict(ticket.fields) == {
        "id": "INC0000001",
        "uid": ticket.get("uid"),
        "type": "incident",
        "title": "Category 55 > Subcategory 170: Symptom 72",
        "requester.name": "Caller 1",
        "requester.location": "Location 143",
        "via": "phone",
        "category": "Category 55 > Subcategory 170",
        "impact": "medium",
        "urgency": "medium",
        "priority": "P3",
        "state": "in_progress",
        "assignee": "Resolver 5",
        "group": "Group 56",
        "opened_at": "2016-02-29T02:16:00+01:00",
        "code": "code 5",
        "x_servicenow.active": "true",
        "x_servicenow.reassignment_count": "0",
        "x_servicenow.reopen_count": "0",
        "x_servicenow.sys_mod_count": "2",
        "x_servicenow.made_sla": "true",
        "x_servicenow.opened_by": "Opened by  8",
        "x_servicenow.u_symptom": "Symptom 72",
        "x_servicenow.knowledge": "true",
        "x_servicenow.u_priority_confirmation": "false",
        "x_servicenow.notify": "Do Not Notify",
        "x_servicenow.resolved_by": "Resolved by 149",
        "x_servicenow.resolved_at": "29/2/2016 11:29",
        "x_servicenow.closed_at": "5/3/2016 12:00",
    }
    assert write_instant(ticket.opened_at) == ticket.get("opened_at")


def test_the_first_row_is_the_opening_entry_and_says_what_a_life_moves(folder: Path) -> None:
    (entry,) = only_ticket(imported(folder, {"assigned_to": "Resolver 5"})).entries
    assert (write_instant(entry.at), entry.author, entry.public) == (
        "2016-02-29T02:23:00+01:00",
        "Updated by 21",
        False,
    )
    assert entry.changes == (
        FieldChange("state", "new"),
        FieldChange("impact", "medium"),
        FieldChange("urgency", "medium"),
        FieldChange("priority", "P3"),
        FieldChange("assignee", "Resolver 5"),
        FieldChange("group", "Group 56"),
        FieldChange("source", "servicenow"),
    )


def test_a_later_row_is_an_entry_of_what_it_changes(folder: Path) -> None:
    change = {"incident_state": "Active", "location": "Location 9", "subcategory": "Subcategory 3", "made_sla": "false"}
    ticket = only_ticket(imported(folder, {}, LATER | change))
    entry = ticket.entries[1]
    assert (write_instant(entry.at), entry.author) == ("2016-02-29T09:53:00+01:00", "Updated by 642")
    assert entry.changes == (
        FieldChange("state", "in_progress", "new"),
        FieldChange("requester.location", "Location 9", "Location 143"),
        FieldChange("category", "Category 55 > Subcategory 3", "Category 55 > Subcategory 170"),
        FieldChange("x_servicenow.made_sla", "false", "true"),
    )
    assert ticket.title == "Category 55 > Subcategory 3: Symptom 72"
    assert_consistent(ticket)


def test_a_row_that_only_counts_another_save_is_no_entry(folder: Path) -> None:
    ticket = only_ticket(imported(folder, {}, LATER, LATEST | {"resolved_at": "1/3/2016 09:00"}))
    assert len(ticket.entries) == 1
    assert ticket.get("x_servicenow.sys_mod_count") == "3"
    assert ticket.get("x_servicenow.resolved_at") == "1/3/2016 09:00"


def test_an_instant_comes_from_the_row_never_from_the_future_that_it_names(folder: Path) -> None:
    ticket = only_ticket(imported(folder, {}, LATER | {"incident_state": "Resolved"}))
    assert write_instant(ticket.entries[-1].at) == "2016-02-29T09:53:00+01:00"


def test_an_assignee_that_becomes_null_leaves_the_ticket_to_nobody(folder: Path) -> None:
    rows = {"assigned_to": "Resolver 5"}, LATER | {"assigned_to": "?", "assignment_group": ""}
    ticket = only_ticket(imported(folder, *rows))
    changes = (FieldChange("assignee", "", "Resolver 5"), FieldChange("group", "", "Group 56"))
    assert ticket.entries[1].changes == changes
    assert not {"assignee", "group"} & set(ticket.fields)
    assert_consistent(ticket)


def test_waiting_says_for_whom_and_waiting_for_another_is_a_move(folder: Path) -> None:
    rows = LATER | {"incident_state": "Awaiting User Info"}, LATEST | {"incident_state": "Awaiting Vendor"}
    ticket = only_ticket(imported(folder, {}, *rows))
    moves = [entry.changes for entry in ticket.entries[1:]]
    assert moves == [
        (FieldChange("state", "pending", "new"), FieldChange("reason", "user")),
        (FieldChange("state", "pending", "pending"), FieldChange("reason", "vendor")),
    ]
    assert_consistent(ticket)


def test_a_ticket_may_begin_waiting(folder: Path) -> None:
    (entry,) = only_ticket(imported(folder, {"incident_state": "Awaiting Problem"})).entries
    assert entry.changes[:2] == (FieldChange("state", "pending"), FieldChange("reason", "problem"))


def test_waiting_for_evidence_is_waiting_for_the_user_and_keeps_its_word(folder: Path) -> None:
    rows = LATER | {"incident_state": "Awaiting Evidence"}, LATEST | {"incident_state": "Resolved"}
    ticket = only_ticket(imported(folder, {"incident_state": "Awaiting User Info"}, *rows))
    word = "x_servicenow.incident_state"
    assert ticket.entries[1].changes == (FieldChange(word, "Awaiting Evidence"),)
    assert ticket.entries[2].changes == (
        FieldChange("state", "resolved", "pending"),
        FieldChange(word, "", "Awaiting Evidence"),
    )
    assert_consistent(ticket)


def test_an_unknown_state_is_reported_and_leaves_the_state_as_it_was(folder: Path) -> None:
    rows = LATER | {"incident_state": "-100", "assigned_to": "Resolver 5"}, LATEST
    found = imported(folder, {"incident_state": "Awaiting Vendor"}, *rows)
    ticket = only_ticket(found)
    assert ticket.state == "pending"
    assert ticket.get("x_servicenow.incident_state") == "-100"
    assert ticket.entries[1].changes == (
        FieldChange("assignee", "Resolver 5"),
        FieldChange("x_servicenow.incident_state", "-100"),
    )
    (remark,) = found.remarks
    assert (remark.line, remark.number, remark.kind) == (3, "INC0000001", "unknown")
    assert remark.message == "“-100” in incident_state has no equal here: it is kept as x_servicenow.incident_state."


def test_a_ticket_that_begins_in_an_unknown_state_is_new_until_it_says_better(folder: Path) -> None:
    ticket = only_ticket(imported(folder, {"incident_state": "-100"}, LATER | {"incident_state": "Active"}))
    assert ticket.entries[0].value("state") == "new"
    assert ticket.entries[1].change("state") == FieldChange("state", "in_progress", "new")
    assert "x_servicenow.incident_state" not in ticket.fields
    assert_consistent(ticket)


def test_an_unknown_way_in_is_kept_and_reported(folder: Path) -> None:
    found = imported(folder, {"contact_type": "Direct opening"})
    assert only_ticket(found).get("x_servicenow.contact_type") == "Direct opening"
    assert "via" not in only_ticket(found).fields
    assert kinds(found) == [(2, "unknown")]


def test_what_every_ticket_must_have_is_there_even_where_the_log_has_none(folder: Path) -> None:
    nulls = dict.fromkeys(("caller_id", "impact", "urgency", "priority", "incident_state", "sys_updated_by"), "?")
    found = imported(folder, nulls, LATER | {"category": "Category 9"})
    ticket = only_ticket(found)
    required = ("requester.name", "impact", "urgency", "priority", "state")
    assert [ticket.get(key) for key in required] == ["?", "medium", "medium", "P3", "new"]
    assert ticket.entries[0].author == "?"
    assert {remark.kind for remark in found.remarks} == {"absent"}
    assert "no priority: “P3” is taken." in [remark.message for remark in found.remarks]
    assert len(found.remarks) == 5, "said once, not on every row"


def test_a_null_later_on_takes_nothing_away_that_every_ticket_must_have(folder: Path) -> None:
    rows = (
        {"impact": "1 - High", "priority": "1 - Critical"},
        LATER | {"impact": "?", "priority": "?", "caller_id": "?"},
    )
    ticket = only_ticket(imported(folder, *rows))
    assert len(ticket.entries) == 1
    assert [ticket.get(key) for key in ("impact", "priority", "requester.name")] == ["high", "P1", "Caller 1"]


def test_an_instant_earlier_than_the_one_before_counts_as_that_one(folder: Path) -> None:
    rows = LATER | {"incident_state": "Active"}, {"sys_updated_at": "29/2/2016 07:00", "assigned_to": "Resolver 5"}
    found = imported(folder, {}, *rows, LATEST | {"incident_state": "Resolved"})
    ticket = only_ticket(found)
    assert [(write_instant(entry.at), entry.ordinal) for entry in ticket.entries] == [
        ("2016-02-29T02:23:00+01:00", 1),
        ("2016-02-29T09:53:00+01:00", 1),
        ("2016-02-29T09:53:00+01:00", 2),
        ("2016-03-01T11:00:00+01:00", 1),
    ]
    assert kinds(found) == [(4, "clamped")]
    assert "08:00:00+01:00 is earlier than 2016-02-29T09:53:00+01:00, the update before it" in found.remarks[0].message


def test_a_row_that_changes_nothing_still_holds_back_the_ones_after_it(folder: Path) -> None:
    found = imported(folder, {}, LATER, {"sys_updated_at": "29/2/2016 07:00", "incident_state": "Active"})
    assert write_instant(only_ticket(found).entries[-1].at) == "2016-02-29T09:53:00+01:00"
    assert kinds(found) == [(4, "clamped")]


def test_no_instant_is_earlier_than_the_opening(folder: Path) -> None:
    found = imported(folder, {"sys_updated_at": "29/2/2016 01:00"})
    ticket = only_ticket(found)
    assert ticket.entries[0].at == ticket.opened_at
    assert kinds(found) == [(2, "clamped")]
    assert "when it was opened" in found.remarks[0].message


def test_order_is_that_of_instants_where_the_clocks_go_back(folder: Path) -> None:
    opening = {"opened_at": "30/10/2016 00:10", "sys_updated_at": "30/10/2016 00:50"}
    ticket_found = imported(folder, opening, {"sys_updated_at": "30/10/2016 01:10", "incident_state": "Active"})
    instants = [write_instant(entry.at) for entry in only_ticket(ticket_found).entries]
    assert instants == ["2016-10-30T02:50:00+02:00", "2016-10-30T02:10:00+01:00"]
    assert ticket_found.remarks == []


def test_times_are_read_in_the_zone_of_the_log_and_doubts_are_said(folder: Path) -> None:
    opening = {"opened_at": "30/10/2016 02:30", "sys_updated_at": "30/10/2016 04:00"}
    found = imported(folder, opening, zone=PARIS)
    assert only_ticket(found).get("opened_at") == "2016-10-30T02:30:00+02:00"
    assert kinds(found) == [(2, "doubtful")]
    assert "opened_at 30/10/2016 02:30 comes twice or never in Europe/Paris" in found.remarks[0].message


def test_a_missing_time_is_taken_from_its_neighbour(folder: Path) -> None:
    found = imported(folder, {"opened_at": "?"}, {"sys_updated_at": "?", "incident_state": "Active"})
    ticket = only_ticket(found)
    assert ticket.get("opened_at") == "2016-02-29T02:23:00+01:00"
    assert [entry.position for entry in ticket.entries] == [(ticket.opened_at, 1), (ticket.opened_at, 2)]
    assert kinds(found) == [(2, "absent"), (3, "absent")]


def test_rows_of_one_number_need_not_stand_together(folder: Path) -> None:
    other = {"number": "INC0000002", "caller_id": "Caller 2"}
    back = LATER | {"number": "INC0000001", "caller_id": "Caller 1", "incident_state": "Active"}
    found = imported(folder, {}, other, back)
    assert [(ticket.id, ticket.state) for ticket in found.tickets] == [
        ("INC0000001", "in_progress"),
        ("INC0000002", "new"),
    ]


@pytest.mark.parametrize("number", ["?", "45", "INC45", "inc0000045", "../../../etc/passwd", "--help"])
def test_a_number_that_is_no_id_is_skipped_and_reported_once(folder: Path, number: str) -> None:
    found = imported(folder, {"number": number}, LATER, {"number": "INC0000045"})
    assert [ticket.id for ticket in found.tickets] == ["INC0000045"]
    assert kinds(found) == [(2, "skipped")]


def test_names_are_safe_in_a_heading_and_values_on_a_line(folder: Path) -> None:
    names = {
        "sys_updated_by": "Eve\n### x · N3",
        "assigned_to": "A\r\n· B",
        "caller_id": "C\x1b[31m",
        "category": "D\tE",
    }
    ticket = only_ticket(imported(folder, names))
    assert ticket.entries[0].author == "Eve ### x - N3"
    assert (ticket.assignee, ticket.requester.name) == ("A - B", "C [31m")
    assert ticket.get("category") == "D E > Subcategory 170"


def test_columns_of_the_instance_s_own_are_kept(folder: Path) -> None:
    path = write_log(folder / "log.csv", [FIRST_ROW | {"Büro No.": "12"}], (*COLUMNS, "Büro No."))
    assert only_ticket(read_log(path, UTC, PARIS)).get("x_servicenow.b_ro_no") == "12"


def test_columns_may_stand_in_any_order_and_those_that_we_have_no_use_for_may_be_missing(folder: Path) -> None:
    columns = tuple(column for column in reversed(COLUMNS) if column not in ("notify", "vendor", "closed_at"))
    rows = [{column: FIRST_ROW[column] for column in columns}]
    ticket = only_ticket(read_log(write_log(folder / "log.csv", rows, columns), UTC, PARIS))
    assert ticket.title == "Category 55 > Subcategory 170: Symptom 72"
    assert "x_servicenow.notify" not in ticket.fields


def test_a_file_that_is_no_such_log_is_refused_with_the_columns_it_lacks(folder: Path) -> None:
    columns = tuple(column for column in COLUMNS if column not in ("number", "sys_updated_at"))
    rows = [{column: FIRST_ROW[column] for column in columns}]
    path = write_log(folder / "log.csv", rows, columns)
    with pytest.raises(Unreadable, match=r"log\.csv, line 1: .* columns are missing: number, sys_updated_at\."):
        read_log(path, UTC, PARIS)


def test_an_empty_file_is_no_such_log(folder: Path) -> None:
    (folder / "log.csv").write_bytes(b"")
    with pytest.raises(Unreadable, match=r"line 1: this is no ServiceNow incident log"):
        read_log(folder / "log.csv", UTC, PARIS)


@pytest.mark.parametrize("name", ["", "Number", "notify"])
def test_columns_without_a_name_of_their_own_are_refused(folder: Path, name: str) -> None:
    (folder / "log.csv").write_text(",".join([*COLUMNS, name]) + "\n", encoding="utf-8")
    with pytest.raises(Unreadable, match=rf"line 1: columns need names.*“{name}”"):
        read_log(folder / "log.csv", UTC, PARIS)


@pytest.mark.parametrize("column", ["opened_at", "sys_updated_at"])
def test_a_time_that_cannot_be_read_is_named_with_its_line(folder: Path, column: str) -> None:
    other = {"number": "INC0000002", column: "2/29/2016 01:16"}
    with pytest.raises(Unreadable, match=rf"log\.csv, line 3: “2/29/2016 01:16” in {column} is no time"):
        imported(folder, {}, other)


def test_a_ticket_without_any_time_is_named_with_its_line(folder: Path) -> None:
    with pytest.raises(Unreadable, match=r"line 2: neither opened_at nor sys_updated_at"):
        imported(folder, {"opened_at": "?", "sys_updated_at": "?"})


def test_a_log_without_rows_has_no_tickets(folder: Path) -> None:
    assert read_log(write_log(folder / "log.csv", []), UTC, PARIS) == Imported([], [])


def test_progress_is_told(folder: Path) -> None:
    path = write_log(folder / "log.csv", [FIRST_ROW])
    told: list[tuple[int, int]] = []
    read_log(path, UTC, PARIS, lambda done, size: told.append((done, size)))
    assert told[-1] == (path.stat().st_size, path.stat().st_size)


def test_a_made_log_has_the_shape_of_a_real_one_and_is_the_same_each_time(folder: Path) -> None:
    rows = list(make_rows(300))
    assert rows == list(make_rows(300))
    assert 6 < len(rows) / 300 < 9
    found = read_log(write_log(folder / "log.csv", rows), UTC, PARIS)
    assert len(found.tickets) == 300
    assert {ticket.state for ticket in found.tickets} == {"closed"}
    assert {remark.kind for remark in found.remarks} == {"clamped"}
    for ticket in found.tickets:
        assert_consistent(ticket)
    assert read_log(folder / "log.csv", UTC, PARIS) == found


CELLS = {
    "number": st.sampled_from(["INC0000001", "INC0000002", "x"]),
    "incident_state": st.sampled_from(["New", "Active", "Awaiting Evidence", "Awaiting Vendor", "Closed", "-100", "?"]),
    "contact_type": st.sampled_from(["Phone", "IVR", "Direct opening", "?"]),
    "impact": st.sampled_from(["1 - High", "3 - Low", "odd", "?"]),
    "priority": st.sampled_from(["1 - Critical", "5 - Planning", "odd", "?"]),
    "opened_at": st.sampled_from(["30/10/2016 01:16", "30/10/2016 02:30"]),
    "sys_updated_at": st.datetimes().map(lambda at: f"{30 + at.day % 2}/10/2016 {at:%H:%M}") | st.just("?"),
    **dict.fromkeys(
        ("sys_updated_by", "caller_id", "assigned_to", "category", "closed_code", "rfc", "resolved_by", "resolved_at"),
        st.text(max_size=4) | st.just("?"),
    ),
}


@given(st.lists(st.fixed_dictionaries(CELLS), max_size=8))
def test_whatever_a_log_says_each_number_is_one_consistent_ticket(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]]
) -> None:
    path = write_log(tmp_path_factory.getbasetemp() / "any.csv", [FIRST_ROW | row for row in rows])
    found = read_log(path, PARIS, PARIS)
    assert [ticket.id for ticket in found.tickets] == list(
        dict.fromkeys(r["number"] for r in rows if is_id(r["number"]))
    )
    for ticket in found.tickets:
        assert_consistent(ticket)
        assert all(value and value == value.strip() and "\n" not in value for value in ticket.fields.values())
    assert read_log(path, PARIS, PARIS) == found


# The real log is not part of this repository: these run where it lies beside it.
REAL_LOG = Path(__file__).parents[2].parent / "shared" / "data" / "servicenow-incident-log-500.csv"
with_the_real_log = pytest.mark.skipif(not REAL_LOG.exists(), reason="the real log does not lie beside the repository")


@with_the_real_log
def test_the_real_log_gives_its_500_tickets_all_closed_and_consistent() -> None:
    found = read_log(REAL_LOG, UTC, PARIS)
    assert len(found.tickets) == len({ticket.get("uid") for ticket in found.tickets}) == 500
    assert {ticket.state for ticket in found.tickets} == {"closed"}
    for ticket in found.tickets:
        assert_consistent(ticket)
    assert [remark.kind for remark in found.remarks] == ["clamped"] * 7
    assert read_log(REAL_LOG, UTC, PARIS) == found


@with_the_real_log
def test_the_real_log_has_one_entry_for_every_row_that_changes_something() -> None:
    with REAL_LOG.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3411
    bookkeeping = ("sys_mod_count", "sys_updated_at", "sys_updated_by")
    said = [{column: cell for column, cell in row.items() if column not in bookkeeping} for row in rows]
    changing = sum(row != before for row, before in zip(said, [None, *said], strict=False))
    found = read_log(REAL_LOG, UTC, PARIS)
    assert sum(len(ticket.entries) for ticket in found.tickets) == changing
