"""The tables of a clock's working: every interval with its sum, folded where the calendar cut it small."""

from __future__ import annotations

from datetime import timedelta

from tests.presentation.explained import NOW, PARIS, eventful, told
from tests.service_level.lives import DEFAULT, at, life, said
from tkt.presentation.explanation.tables import end_row, interval_table, priority_table, sum_table
from tkt.presentation.table import Table, text_of
from tkt.presentation.tables import render


def cells(table: Table) -> list[list[str]]:
    return [[text_of(cell) for cell in row] for row in table.rows]


def test_every_interval_says_what_it_was_its_length_what_of_it_counted_the_sum_and_what_began_it() -> None:
    one = told(eventful())
    lines = render(interval_table(one.account, PARIS, end_row(one, PARIS)), "tsv").splitlines()
    line_25 = "line 25, Jean DUPONT (recorded late)"
    assert lines == [
        "From\tWhat it was\tLength\tCounted\tSum\tPriority\tBegun by",
        "2026-01-15 09:15\trunning (New)\t15 min\t15 min\t15 min\tP1\tJean DUPONT",
        "2026-01-15 09:30\trunning (In progress)\t3h\t3h\t3h15\tP1\tline 20, Jean DUPONT",
        "2026-01-15 12:30\tclosed hours\t1h\t0\t3h15\tP1\t",
        "2026-01-15 13:30\trunning (In progress)\t30 min\t30 min\t3h45\tP1\t",
        f"2026-01-15 14:00\trunning (In progress)\t30m07s\t30m07s\t4h15m07s\tP3\t{line_25}",
        "2026-01-15 14:30:07\tpending for user: paused\t29m53s\t0\t4h15m07s\tP3\tline 30, Jean DUPONT",
        "2026-01-15 15:00\tpending for approval: counts\t30 min\t30 min\t4h45m07s\tP3\tline 35, Jean DUPONT",
        "2026-01-15 15:30\trunning (In progress)\t30 min\t30 min\t5h15m07s\tP3\tline 40, Jean DUPONT",
        "2026-01-15 16:00\tresolved, then reopened\t30 min\t0\t5h15m07s\tP3\tline 45, Jean DUPONT",
        "2026-01-15 16:30\trunning (In progress)\t30 min\t30 min\t5h45m07s\tP3\tline 50, Jean DUPONT",
        "2026-01-15 17:00\tcancelled, which was taken back: counts\t30 min\t30 min\t6h15m07s\tP3\tline 55, Jean DUPONT",
        "2026-01-15 17:30\trunning (In progress) ×4\t10h30\t10h30\t\tP3\tline 60, Jean DUPONT",
        "\tclosed hours ×5\t78h\t0\t\tP3\t",
        "\tholiday: Fête\t24h\t0\t\tP3\t",
        "\tclosed day: Inventaire\t24h\t0\t16h45m07s\tP3\t",
        "2026-01-21 10:00\tnow\t\t\t16h45m07s\t\t",
    ]


def test_a_few_intervals_of_a_stretch_are_told_one_by_one() -> None:
    one = told(eventful(), at("10:00", 19))
    whats = [row[1] for row in cells(interval_table(one.account, PARIS))][11:]
    assert whats == ["running (In progress)", "closed hours", "holiday: Fête", "closed hours", "running (In progress)"]


def test_the_sums_are_those_of_the_real_and_of_the_counted_time() -> None:
    assert cells(sum_table(told(eventful()).account)) == [
        ["running", "10", "15h45m07s", "15h45m07s"],
        ["pending for approval: counts", "1", "30 min", "30 min"],
        ["cancelled, which was taken back: counts", "1", "30 min", "30 min"],
        ["pending for user: paused", "1", "29m53s", "0"],
        ["resolved, then reopened", "1", "30 min", "0"],
        ["closed hours", "6", "79h", "0"],
        ["holiday: Fête", "1", "24h", "0"],
        ["closed day: Inventaire", "1", "24h", "0"],
        ["everything", "22", "144h45", "16h45m07s"],
    ]


def test_each_priority_says_what_had_counted_by_its_own_calendar_and_since_when_it_was_over() -> None:
    line_25 = "line 25, Jean DUPONT (recorded late)"
    assert cells(priority_table(told(eventful()), PARIS)) == [
        ["P1", "2026-01-15 09:15", "standard", "24x7", "4h", "4h45", "2026-01-15 13:15", "Jean DUPONT"],
        ["P3", "2026-01-15 14:00", "standard", "office", "20h", "16h45m07s", "never", line_25],
    ]


def test_a_narrow_table_leaves_out_what_counted_and_a_priority_that_was_one_all_along() -> None:
    account = told(life()).account
    titles = [column.title for column in interval_table(account, PARIS, narrow=True).columns]
    assert titles == ["From", "What it was", "Length", "Sum", "Begun by"]
    titles = [column.title for column in interval_table(told(eventful()).account, PARIS, narrow=True).columns]
    assert "Priority" in titles


def test_where_it_ends_is_said_with_who_ended_it() -> None:
    stopped = told(life(said("10:00", state="new → resolved")), desk=DEFAULT)
    gone = told(life(said("10:00", "Zoé", state="new → cancelled")), desk=DEFAULT)
    assert [text_of(cell) for cell in end_row(stopped, PARIS)][1:] == ["stopped", "", "", "45 min", "", "Jean DUPONT"]
    assert [text_of(cell) for cell in end_row(gone, PARIS)][1:] == ["cancelled", "", "", "45 min", "", "Zoé"]


def test_pending_for_no_reason_and_a_closed_day_without_a_name_have_words_of_their_own() -> None:
    waits = life(said("09:30", state="new → pending"))
    assert cells(interval_table(told(waits, at("10:00")).account, PARIS))[1][1] == "pending without a reason: counts"


def test_the_words_of_a_ticket_are_safe_in_every_format() -> None:
    evil = life(said("09:30", "E\x1bve\n## x", state="new → in_progress"), said("10:00", state="in_progress → \x1b[2J"))
    one = told(evil, NOW + timedelta(days=1), desk=DEFAULT)
    table = interval_table(one.account, PARIS, end_row(one, PARIS))
    for format in ("table", "plain", "markdown", "csv", "tsv", "html"):
        assert "\x1b" not in render(table, format)
    assert len(render(table, "plain").splitlines()) == len(table.rows) + 1


def test_on_a_narrow_terminal_what_it_was_is_more_than_who_began_it() -> None:
    one = told(eventful())
    shown = render(interval_table(one.account, PARIS, narrow=True), "table", width=64)
    assert "pending for" in shown
    assert "Begun by" not in shown
    assert max(map(len, shown.splitlines())) <= 64
