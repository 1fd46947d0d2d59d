"""`tkt autoclose`, and the business days of the desk's calendar: what is resolved and unanswered is closed in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.clones import Clones, opened
from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor
from tkt.language import pgettext

RESOLUTION = ("--cause", "unknown", "--action", "redémarrage")
# Resolved on a Thursday at 09:30: five working days later it is the next Thursday.
BEFORE = "2026-01-22T09:29:59+01:00"
AFTER = "2026-01-22T09:35:00+01:00"
CLOSED = "Closed automatically: 5 business days have passed without an answer since it was resolved."
# The desk is closed on Fridays, and on Tuesday 20 January.
OFFICE = (
    "calendars: {office: [{from: 2026-01-01, timezone: Europe/Paris, hours: {mon-thu: 09:00-17:00}, "
    "closed: [2026-01-20 Inventory]}]}"
)


@pytest.fixture
def resolved(lives: FrontDoor, clock: Clock) -> str:
    """A ticket that was resolved at 09:30 on 15 January, on a desk that closes after five working days; it is time."""
    lives.setting("autoclose: 5bd")
    clock(AFTER)
    return IN_STATE["resolved"]


def test_what_is_resolved_and_unanswered_is_closed_at_the_moment_it_was_due(lives: FrontDoor, resolved: str) -> None:
    answer = lives("autoclose")
    assert answer.out == f"{resolved}: autoclose (2026-01-22 09:30): Ticket closed; said to the requester\n"
    assert answer.err == "1 entry written.\n"
    entry = lives.last_entry(resolved)
    assert (entry["at"], entry["author"], entry["public"]) == ("2026-01-22T09:30:00+01:00", "tkt", True)
    assert entry["text"] == CLOSED
    assert lives.facts(resolved) == {"state": "closed", "automatic": "autoclose"}
    assert lives.subject() == f"{resolved}: resolved → closed"
    lives("check", "--history", "--strict")
    with lives.untouched():
        assert lives("autoclose").err == "Nothing to do.\n"


def test_not_a_second_before(lives: FrontDoor, resolved: str, clock: Clock) -> None:
    clock(BEFORE)
    with lives.untouched():
        assert lives("autoclose").err == "Nothing to do.\n"


def test_off_it_says_so_and_closes_nothing(lives: FrontDoor, clock: Clock) -> None:
    clock("2027-01-15T10:00:00+01:00")
    with lives.untouched():
        assert (
            lives("autoclose").err
            == "Off: “autoclose” in tkt.yaml is 0. Write 5bd there to close after five business days.\n"
        )
        assert lives("autoclose", "--json").json["written"] == []


def test_a_dry_run_writes_nothing(lives: FrontDoor, resolved: str) -> None:
    with lives.untouched():
        dry = lives("autoclose", "--dry-run")
        document = lives("autoclose", "--dry-run", "--json").json
    assert document["dry_run"] and [one["id"] for one in document["written"]] == [resolved]
    assert lives("autoclose").out == dry.out


def test_an_answer_of_the_requester_holds_a_ticket_open(lives: FrontDoor, resolved: str, clock: Clock) -> None:
    clock("2026-01-16T09:00:00+01:00")
    lives("log", resolved, "--as", "Marie MARTIN", "Ça recommence.")
    clock("2026-02-22T09:00:00+01:00")
    assert lives("autoclose").err == "Nothing to do.\n"


def test_a_mark_without_words_does_not_and_one_with_words_does(lives: FrontDoor, resolved: str, clock: Clock) -> None:
    clock("2026-01-16T09:00:00+01:00")
    lives("rate", resolved, "5")
    clock(AFTER)
    assert [one["id"] for one in lives("autoclose", "--dry-run", "--json").json["written"]] == [resolved]
    clock("2026-01-16T09:01:00+01:00")
    lives("rate", resolved, "2", "Un peu long.")
    clock(AFTER)
    assert lives("autoclose").err == "Nothing to do.\n"


def test_what_an_agent_says_holds_nothing_open(lives: FrontDoor, resolved: str, clock: Clock) -> None:
    clock("2026-01-16T09:00:00+01:00")
    lives("log", resolved, "Rappelée, pas là.")
    clock(AFTER)
    assert lives("autoclose").out.startswith(resolved)


def test_the_last_resolution_counts(lives: FrontDoor, resolved: str, clock: Clock) -> None:
    clock("2026-01-20T09:30:00+01:00")
    lives("reopen", resolved, "pas encore")
    lives("resolve", resolved, *RESOLUTION)
    clock("2026-01-27T09:29:59+01:00")
    assert lives("autoclose").err == "Nothing to do.\n"
    clock("2026-01-27T09:30:00+01:00")
    assert lives("autoclose").out.startswith(resolved)


def test_a_workflow_that_closes_nothing_is_obeyed_and_said(lives: FrontDoor, resolved: str) -> None:
    path = lives.root / "tkt.yaml"
    path.write_text(path.read_text().replace("resolved: [closed, ", "resolved: ["))
    lives.commit("settings")
    assert f"{resolved} left out: {resolved} is “Resolved”" in lives("autoclose", code=3).err


@pytest.mark.parametrize(("language", "other"), [("en", "fr"), ("fr", "en")])
def test_it_speaks_the_desks_language_whoever_has_it_run(
    lives: FrontDoor, resolved: str, language: str, other: str
) -> None:
    lives.setting("autoclose: 1bd", f"language: {language}")
    lives("autoclose", "--lang", other)
    one = "Closed automatically: one business day has passed without an answer since it was resolved."
    assert lives.last_entry(resolved)["text"] == pgettext("autoclose", one, language)


def test_two_clones_that_close_the_same_write_the_same(lived: Path, tmp_path: Path, clock: Clock) -> None:
    clones = Clones(tmp_path, lived, "autoclose: 5bd")
    other = clones.clone("other")
    for desk, moment in ((clones.first, AFTER), (other, "2026-01-22T09:48:00+01:00")):
        clock(moment)
        desk("autoclose")
    one = IN_STATE["resolved"]
    assert clones.first.data(one) == other.data(one)
    clones.first("sync")
    other("sync")
    other("check", "--history", "--strict")
    assert other("autoclose").err == "Nothing to do.\n"


def test_business_days_are_those_of_the_desks_calendar(lives: FrontDoor, resolved: str, clock: Clock) -> None:
    """Monday, Wednesday, Thursday; Monday, Tuesday: the fifth is the 27th."""
    lives.setting(OFFICE, "calendar: office")
    clock("2026-01-27T09:29:59+01:00")
    assert lives("autoclose").err == "Nothing to do.\n"
    clock("2026-01-27T09:30:00+01:00")
    assert lives("autoclose").out.startswith(resolved)


def test_the_window_for_reopening_is_counted_so_too(lives: FrontDoor, clock: Clock) -> None:
    closed = IN_STATE["closed"]
    lives.setting("reopen_within: 2bd")
    clock("2026-01-21T09:00:00+01:00")
    assert "until 2026-01-19 09:30" in lives.refuses("reopen", closed, "encore", code=3)
    lives.setting(OFFICE, "calendar: office")
    lives("reopen", closed, "encore")


def test_work_in_progress_is_stale_by_that_calendar(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-01-21T09:00:00+01:00")
    assert stale(lives) == [IN_STATE["in_progress"]]
    lives.setting(OFFICE, "calendar: office")
    assert stale(lives) == []
    clock("2026-01-21T09:30:01+01:00")
    assert stale(lives) == [IN_STATE["in_progress"]]


def test_holidays_that_are_not_known_break_no_check_and_are_told_once(lives: FrontDoor, clock: Clock) -> None:
    lives.setting(OFFICE.replace("closed:", "holidays: FR, closed:"), "calendar: office", "autoclose: 5bd")
    lives("reopen", IN_STATE["cancelled"], "une erreur")
    clock(AFTER)
    findings = lives("check", "--json", code=lives.tries("check").code).json["findings"]
    told = [one for one in findings if one["rule"] == "calendar"]
    assert len(told) == 1 and "business days cannot be counted" in told[0]["message"] and told[0]["path"] == "tkt.yaml"
    assert stale(lives) == []
    assert "left out" in lives("autoclose", code=5).err


def stale(tkt: FrontDoor) -> list[str]:
    findings = tkt("check", "--json", code=tkt.tries("check").code).json["findings"]
    return [Path(one["path"]).stem for one in findings if one["rule"] == "stale"]


def test_days_before_the_calendar_begins_are_monday_to_friday(lives: FrontDoor, clock: Clock) -> None:
    """Friday counts, since the calendar that closes it begins on the Monday after; Tuesday the 20th is closed by it."""
    lives.setting(
        OFFICE.replace("2026-01-01", "2026-01-19"), "calendar: office", "autoclose: 3bd", "reopen_within: 2bd"
    )
    resolved, closed = IN_STATE["resolved"], IN_STATE["closed"]
    clock("2026-01-19T09:30:01+01:00")
    assert "until 2026-01-19 09:30" in lives.refuses("reopen", closed, "encore", code=3)
    clock("2026-01-21T09:29:59+01:00")
    assert lives("autoclose").err == "Nothing to do.\n"
    clock("2026-01-21T09:30:00+01:00")
    assert lives("autoclose").out.startswith(resolved)


def test_a_ticket_whose_business_days_cannot_be_known_holds_up_no_other(lives: FrontDoor, clock: Clock) -> None:
    """The one was resolved in a year whose public holidays are not known, the other in one in which they are."""
    lives.setting(OFFICE.replace("closed:", "holidays: FR, closed:"), "calendar: office", "autoclose: 1bd")
    holidays = lives.root / "holidays" / "FR.yaml"
    holidays.parent.mkdir()
    holidays.write_text("years: {2027: {2027-01-01: Jour de l'an}}\n", encoding="utf-8")
    clock("2027-01-18T10:00:00+01:00")
    one = opened(lives)
    lives("resolve", one, *RESOLUTION)
    clock("2027-01-20T10:00:00+01:00")
    answer = lives("autoclose", code=5)
    assert answer.out.startswith(one)
    assert f"{IN_STATE['resolved']} left out: holidays/FR.yaml: it does not have the year 2026" in answer.err
