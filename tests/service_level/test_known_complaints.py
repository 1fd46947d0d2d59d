"""What the users of other service desks complain of in their SLA figures, each as a promise that ours keeps."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.service_level.lives import agreed, life, said
from tkt.domain.entry import Entry
from tkt.domain.opening_hours import ALWAYS, CalendarVersion, Days, OpeningHours, OwnHours
from tkt.domain.policies import Policy, PolicyVersion, Target
from tkt.domain.ticket import Ticket
from tkt.service_level.agreements import Agreements
from tkt.service_level.business.business_time import due, elapsed
from tkt.service_level.business.calendar import BusinessCalendar
from tkt.service_level.business.calendars import Calendars
from tkt.service_level.business.open_days import HolidaysMissing
from tkt.service_level.reading import ClockReading, Clocks
from tkt.service_level.verdict import read_clocks

HOUR = 3600
PARIS = ZoneInfo("Europe/Paris")
SINCE = date(2026, 1, 1)
NINE_TO_FIVE = ((9 * HOUR, 17 * HOUR),)
OFFICE_WEEK = (NINE_TO_FIVE,) * 5 + ((),) * 2
OFFICE = OpeningHours("office", (CalendarVersion(SINCE, PARIS, OFFICE_WEEK),))
TARGETS = {"P1": Target(HOUR, 4 * HOUR), "P3": Target(2 * HOUR, 16 * HOUR), "P4": Target(4 * HOUR, 40 * HOUR)}
STANDARD = Policy("standard", (PolicyVersion(SINCE, TARGETS, calendar="office"),))
DESK = agreed(STANDARD, calendars=(OFFICE,))


def on(text: str) -> datetime:
    """`01-15 09:00` of 2026 in Paris; 15 January is a Thursday."""
    return datetime.fromisoformat(f"2026-{text.replace(' ', 'T')}").replace(tzinfo=PARIS)


def waits(text: str, reason: str = "user") -> Entry:
    return said(on(text), state="in_progress → pending", reason=reason)


def resumes(text: str) -> Entry:
    return said(on(text), state="pending → in_progress")


def resolves(text: str) -> Entry:
    return said(on(text), state="in_progress → resolved")


def ticket(opened: str, *entries: Entry, priority: str = "P3", **fields: str) -> Ticket:
    """A ticket that is taken in hand as it is opened."""
    taken = said(on(opened), state="new → in_progress")
    return life(taken, *entries, opened=on(opened), priority=priority, **fields)


def resolution(one: Ticket, now: str, desk: Agreements = DESK) -> ClockReading:
    return read_clocks(one, desk, on(now)).resolution


# Pauses


def test_pending_time_survives_a_priority_change() -> None:
    """GLPI (its issues 6902 and 15605): the SLA that a new priority brought forgot the waiting that went before.

    In ServiceNow it is kept only where a "retroactive pause" was ticked.
    """
    waited = ticket(
        "01-15 09:00", waits("01-15 10:00"), resumes("01-15 16:00"), said(on("01-15 16:00"), priority="P3 → P1")
    )
    reading = resolution(waited, "01-15 16:30")
    assert (reading.target, reading.elapsed, reading.verdict) == (4 * HOUR, HOUR + HOUR // 2, "running")
    assert reading.due == on("01-16 11:00")
    raised_while_waiting = ticket("01-15 09:00", waits("01-15 10:00"), said(on("01-15 12:00"), priority="P3 → P1"))
    assert resolution(raised_while_waiting, "01-30 12:00").verdict == "paused"
    assert not resolution(raised_while_waiting, "01-30 12:00").breached


def test_a_weekend_pause_is_not_credited_twice() -> None:
    """GLPI (its issue 10594): a pause was measured round the clock, then added to a due date that skips the weekend."""
    over_the_weekend = ticket("01-15 09:00", waits("01-16 16:00"), resumes("01-19 10:00"))
    reading = resolution(over_the_weekend, "01-19 10:00")
    # Eight hours on Thursday, seven on Friday; the last one from ten on Monday.
    assert (reading.elapsed, reading.due) == (15 * HOUR, on("01-19 11:00"))


def test_a_pause_outside_hours_moves_nothing() -> None:
    """Nothing was open while it lasted: there is nothing to give back."""
    at_night = ticket("01-15 09:00", waits("01-15 18:00"), resumes("01-16 08:00"))
    assert resolution(at_night, "01-16 10:00") == resolution(ticket("01-15 09:00"), "01-16 10:00")


def test_after_a_pause_it_is_due_within_opening_hours() -> None:
    """GLPI (its issue 9082): the pause was added to the due date itself, which then fell in the evening."""
    waited = ticket("01-15 09:00", waits("01-15 10:00"), resumes("01-15 13:30"))
    assert resolution(waited, "01-15 14:00").due == on("01-19 12:30")


def test_it_does_not_breach_while_pending_however_long() -> None:
    """GLPI (its issue 24481): a ticket that was on hold came to be late."""
    a_second_before = waits("01-16 17:00")
    waiting = ticket("01-15 09:00", a_second_before)
    for now in ("01-16 17:00", "01-19 09:01", "12-31 12:00"):
        reading = resolution(waiting, now)
        assert (reading.verdict, reading.breached, reading.elapsed) == ("paused", False, 16 * HOUR)
        assert reading.due is None


def test_it_does_not_breach_where_it_was_pending_from_the_start() -> None:
    opened = life(said(on("01-15 09:00"), state="new → pending", reason="vendor"), opened=on("01-15 09:00"))
    reading = resolution(opened, "12-31 12:00")
    assert (reading.verdict, reading.elapsed, reading.breached) == ("paused", 0, False)


def test_what_breached_before_it_was_put_on_hold_stays_breached() -> None:
    """A pause begun too late heals nothing either."""
    late = ticket("01-15 09:00", waits("01-19 09:01"))
    reading = resolution(late, "02-01 12:00")
    assert (reading.verdict, reading.breached_at) == ("breached", on("01-19 09:00"))


def test_waiting_on_ourselves_never_stops_the_clock() -> None:
    """Where every state but one may pause, a team waits on itself: only the reasons of the policy do."""
    assert resolution(ticket("01-15 09:00", waits("01-15 10:00", "change")), "01-15 17:00").elapsed == 8 * HOUR


# Reopening


def test_closed_time_is_not_counted_after_a_reopen() -> None:
    """A ticket that was closed for a month and reopened for a minute was a month late."""
    reopened = ticket(
        "01-15 09:00",
        resolves("01-15 11:00"),
        said(on("01-15 12:00"), state="resolved → closed"),
        said(on("02-16 09:00"), state="closed → in_progress"),
    )
    reading = resolution(reopened, "02-16 10:00")
    assert (reading.verdict, reading.elapsed) == ("running", 3 * HOUR)
    assert reading.due == on("02-17 15:00")


def test_closed_time_is_not_waiting_time_either() -> None:
    """GLPI (its issue 23359): from solution to reopening was shown as pending."""
    reopened = ticket("01-15 09:00", resolves("01-15 11:00"), said(on("01-16 09:00"), state="resolved → in_progress"))
    everything_pauses = PolicyVersion(SINCE, TARGETS, frozenset({"user", "vendor", "other"}), calendar="office")
    nothing_pauses = PolicyVersion(SINCE, TARGETS, frozenset(), calendar="office")
    readings = [
        resolution(reopened, "01-16 10:00", agreed(Policy("standard", (version,)), calendars=(OFFICE,))).elapsed
        for version in (everything_pauses, nothing_pauses)
    ]
    assert readings == [3 * HOUR, 3 * HOUR]


def test_a_reopening_does_not_start_the_clock_afresh() -> None:
    """Jira counts in cycles: where a reopening begins a new one, resolving in time and reopening hides a breach."""
    reopened = ticket("01-15 09:00", resolves("01-16 16:59"), said(on("01-19 09:00"), state="resolved → in_progress"))
    assert resolution(reopened, "01-19 09:01").verdict == "at_risk"
    assert resolution(reopened, "01-19 09:02").breached_at == on("01-19 09:01")


def test_a_resolution_stands_for_ever_whatever_is_said_afterwards() -> None:
    """Words, tags and a rating after the end change no verdict; nor does closing it months later."""
    done = ticket("01-15 09:00", resolves("01-16 17:00"))
    more = ticket("01-15 09:00", resolves("01-16 17:00"), said(on("05-04 09:00"), state="resolved → closed"))
    assert resolution(done, "01-16 17:00") == resolution(more, "12-31 17:00")
    assert resolution(more, "12-31 17:00").verdict == "met"


# Priorities and policies

BY_PRIORITY = agreed(
    Policy(
        "critical", (PolicyVersion(SINCE, {"P1": Target(HOUR, 4 * HOUR)}, calendar="office"),), {"priority": ("P1",)}
    ),
    Policy("others", (PolicyVersion(SINCE, {"P4": Target(4 * HOUR, 40 * HOUR)}, calendar="office"),)),
    calendars=(OFFICE,),
)


@pytest.mark.parametrize("desk", [DESK, BY_PRIORITY], ids=["one policy", "a policy for each priority"])
def test_lowering_the_priority_after_a_breach_heals_nothing(desk: Agreements) -> None:
    """Where a new priority brings a new SLA, the breached one is gone from the ticket with all that it showed."""
    lowered = ticket("01-15 09:00", said(on("01-15 14:00"), priority="P1 → P4"), resolves("01-15 15:00"), priority="P1")
    reading = resolution(lowered, "12-31 12:00", desk)
    assert (reading.verdict, reading.breached_at) == ("breached", on("01-15 13:00"))
    assert (reading.priority, reading.target) == ("P4", 40 * HOUR)


@pytest.mark.parametrize("desk", [DESK, BY_PRIORITY], ids=["one policy", "a policy for each priority"])
def test_lowering_it_at_the_very_moment_of_asking_heals_nothing(desk: Agreements) -> None:
    lowered = ticket("01-15 09:00", said(on("01-15 14:00"), priority="P1 → P4"), priority="P1")
    assert resolution(lowered, "01-15 14:00", desk).breached_at == on("01-15 13:00")


def test_lowering_it_before_the_breach_gives_the_longer_target() -> None:
    lowered = ticket("01-15 09:00", said(on("01-15 12:00"), priority="P1 → P4"), priority="P1")
    assert resolution(lowered, "01-15 17:00").verdict == "running"
    assert resolution(lowered, "01-15 17:00").due == on("01-21 17:00")


ROUND_THE_CLOCK_FOR_P1 = agreed(
    Policy(
        "standard",
        (PolicyVersion(SINCE, {**TARGETS, "P1": Target(HOUR, 4 * HOUR, "24x7")}, calendar="office"),),
    ),
    calendars=(OFFICE,),
)


def test_one_raised_to_round_the_clock_is_judged_so_from_its_opening() -> None:
    """Opened at 16:30 in office hours, raised at 20:00: as a P1 it has been open for three hours and a half."""
    raised = ticket("01-15 16:30", said(on("01-15 20:00"), priority="P3 → P1"))
    before, after = (resolution(raised, now, ROUND_THE_CLOCK_FOR_P1) for now in ("01-15 19:59", "01-15 20:00"))
    assert (before.elapsed, before.calendar, before.due) == (HOUR // 2, "office", on("01-19 16:30"))
    assert (after.elapsed, after.calendar, after.due) == (3 * HOUR + HOUR // 2, "24x7", on("01-15 20:30"))
    late = resolution(
        ticket("01-15 16:30", said(on("01-15 22:00"), priority="P3 → P1")), "01-15 23:00", ROUND_THE_CLOCK_FOR_P1
    )
    assert (late.verdict, late.breached_at) == ("breached", on("01-15 22:00"))


def test_one_lowered_from_round_the_clock_counts_office_hours_from_its_opening() -> None:
    lowered = ticket("01-15 16:30", said(on("01-15 20:00"), priority="P1 → P3"), priority="P1")
    reading = resolution(lowered, "01-16 09:30", ROUND_THE_CLOCK_FOR_P1)
    assert (reading.elapsed, reading.verdict, reading.due) == (HOUR, "running", on("01-19 16:30"))


def test_a_transfer_to_another_group_starts_no_clock_afresh() -> None:
    """Where the SLA is attached by the group, every hand-over gave the ticket its whole time again."""
    fast = Policy(
        "network", (PolicyVersion(SINCE, {"P3": Target(HOUR, 8 * HOUR)}, calendar="office"),), {"group": ("Réseau",)}
    )
    desk = agreed(fast, STANDARD, calendars=(OFFICE,))
    handed = ticket("01-15 09:00", said(on("01-16 10:00"), group="Messagerie → Réseau"), group="Réseau")
    reading = resolution(handed, "01-16 10:00", desk)
    assert (reading.policy, reading.elapsed, reading.due, reading.verdict) == (
        "network",
        9 * HOUR,
        on("01-15 17:00"),
        "breached",
    )


# Settings


def test_no_settings_edit_rewrites_history() -> None:
    """OTRS and Zammad count open tickets again when an SLA is edited; Jira, when SLAs are rebuilt, judges old by new.

    A new version judges what is opened from its day on, and nothing before.
    """
    old = ticket("01-15 09:00", resolves("01-16 17:00"))
    stricter = PolicyVersion(date(2026, 2, 1), {"P3": Target(HOUR, 2 * HOUR)}, frozenset(), 0.5, "24x7")
    edited = agreed(Policy("standard", (*STANDARD.versions, stricter)), calendars=(OFFICE,))
    assert read_clocks(old, edited, on("12-31 12:00")) == read_clocks(old, DESK, on("12-31 12:00"))
    new = ticket("02-02 09:00", resolves("02-02 12:00"))
    assert (resolution(new, "12-31 12:00", edited).verdict, resolution(new, "12-31 12:00").verdict) == (
        "breached",
        "met",
    )


def test_new_opening_hours_change_no_day_before_them() -> None:
    summer = CalendarVersion(date(2026, 7, 1), PARIS, (((8 * HOUR, 14 * HOUR),),) * 5 + ((),) * 2)
    moved = agreed(STANDARD, calendars=(OpeningHours("office", (*OFFICE.versions, summer)),))
    before = ticket("01-15 09:00", resolves("01-16 17:00"))
    assert read_clocks(before, moved, on("12-31 12:00")) == read_clocks(before, DESK, on("12-31 12:00"))
    # Opened on the last day of the old hours: four of its sixteen on that day, then six a day from the next on.
    across = ticket("06-30 13:00")
    assert resolution(across, "06-30 14:00", moved).due == on("07-02 14:00")


def test_a_policy_taken_out_of_force_still_judges_what_it_promised() -> None:
    ended = Policy("old", (PolicyVersion(SINCE, TARGETS, calendar="office", until=date(2026, 2, 1)),))
    desk = agreed(ended, STANDARD, calendars=(OFFICE,))
    readings: list[Clocks] = [
        read_clocks(ticket(day), desk, on("12-31 12:00")) for day in ("01-31 09:00", "02-01 09:00")
    ]
    assert [one.resolution.policy for one in readings] == ["old", "standard"]


# Holidays


def test_the_holidays_are_those_of_the_calendars_own_region() -> None:
    """Zammad (its issue 390) took over a feed that held days on which hardly anybody is off.

    Moselle has a holiday on 26 December, the rest of France has not.
    """
    files = {
        "FR": {2026: {date(2026, 12, 25): "Noël"}},
        "FR-57": {2026: {date(2026, 12, 25): "Noël", date(2026, 12, 26): "Saint-Étienne"}},
        "BE": {2026: {date(2026, 7, 21): "Fête nationale", date(2026, 12, 25): "Noël"}},
    }
    week = (NINE_TO_FIVE,) * 7
    every = tuple(
        OpeningHours(region, (CalendarVersion(SINCE, PARIS, week, holidays=(region,)),))
        for region in ("FR", "FR-57", "BE")
    )
    calendars = Calendars.of(every, files.__getitem__)
    boxing_week = {region: calendars.named(region) for region in files}
    counted = {name: elapsed(one, on("12-24 09:00"), on("12-27 17:00")) // HOUR for name, one in boxing_week.items()}
    assert counted == {"FR": 24, "FR-57": 16, "BE": 24}
    july = {name: elapsed(one, on("07-21 00:00"), on("07-22 00:00")) // HOUR for name, one in boxing_week.items()}
    assert july == {"FR": 8, "FR-57": 8, "BE": 0}


def test_a_holiday_lasts_from_midnight_to_midnight_of_the_calendars_own_zone() -> None:
    files = {"XX": {2026: {date(2026, 7, 14): "Fête nationale"}}}
    zones = ("Europe/Paris", "America/New_York")
    for zone, opened in zip(zones, ("2026-07-15T00:00:00+02:00", "2026-07-15T00:00:00-04:00"), strict=True):
        always = OpeningHours("all", (CalendarVersion(SINCE, ZoneInfo(zone), ALWAYS, holidays=("XX",)),))
        calendar = BusinessCalendar.of(always, files.__getitem__)
        first = datetime.fromisoformat(opened)
        assert elapsed(calendar, first - timedelta(days=1), first) == 0
        assert elapsed(calendar, first, first + timedelta(hours=1)) == HOUR
        assert due(calendar, first - timedelta(days=1), 1) == first + timedelta(seconds=1)


def test_a_year_that_was_all_waiting_needs_no_holidays() -> None:
    """Waiting is cut out before the calendar is asked: nobody has to know the holidays of 2027 to judge what rested."""
    known = {2026: {date(2026, 12, 25): "Noël"}, 2028: {date(2028, 1, 1): "Jour de l'an"}}
    office = OpeningHours("office", (CalendarVersion(SINCE, PARIS, OFFICE_WEEK, holidays=("FR",)),))
    desk = Agreements((STANDARD,), Calendars.of((office,), lambda _file: known))
    waited = (waits("12-31 10:00"), said(datetime(2028, 1, 3, 9, tzinfo=PARIS), state="pending → in_progress"))
    readings = [
        read_clocks(ticket("12-31 09:00", *waited), desk, datetime(year, 1, 4, 10, tzinfo=PARIS)).resolution
        for year in (2027, 2028)
    ]
    assert [(one.elapsed, one.verdict) for one in readings] == [(HOUR, "paused"), (HOUR + 9 * HOUR, "running")]
    with pytest.raises(HolidaysMissing, match="the year 2027"):
        read_clocks(ticket("12-31 09:00"), desk, datetime(2027, 1, 4, 10, tzinfo=PARIS))


# Clocks that change

ODD_ZONES = (
    "America/Sao_Paulo",
    "America/Asuncion",
    "America/Santiago",
    "America/Havana",
    "Asia/Gaza",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Europe/Paris",
)


@pytest.mark.parametrize("zone", ODD_ZONES)
def test_october_is_not_missing_in_zones_with_an_odd_clock(zone: str) -> None:
    """Where summer begins at midnight, as in São Paulo until 2018, a day has no midnight.

    OTRS (its bug 9884) counted wrongly over it; whoever steps from midnight to midnight may skip a month, or never end.
    """
    hours = OpeningHours("office", (CalendarVersion(date(2010, 1, 1), ZoneInfo(zone), (NINE_TO_FIVE,) * 7),))
    calendar = BusinessCalendar.of(hours, lambda _name: {})
    for year in range(2010, 2031):
        for month, days in ((2, 28 + (year % 4 == 0)), (3, 31), (4, 30), (9, 30), (10, 31), (11, 30)):
            first = datetime(year, month, 1, 9, tzinfo=ZoneInfo(zone))
            last = datetime(year, month, days, 17, tzinfo=ZoneInfo(zone))
            assert elapsed(calendar, first, last) == days * 8 * HOUR, (year, month)
            assert due(calendar, first, days * 8 * HOUR) == last.replace(fold=0), (year, month)


def test_a_day_that_never_was_counts_for_nothing() -> None:
    """Samoa went from Thursday 29 December 2011 to Saturday the 31st."""
    hours = OpeningHours("office", (CalendarVersion(date(2011, 1, 1), ZoneInfo("Pacific/Apia"), (NINE_TO_FIVE,) * 7),))
    calendar = BusinessCalendar.of(hours, lambda _name: {})
    start, end = (datetime(2011, 12, day, hour, tzinfo=ZoneInfo("Pacific/Apia")) for day, hour in ((29, 9), (31, 17)))
    assert elapsed(calendar, start, end) == 16 * HOUR


@pytest.mark.parametrize(("day", "hours"), [("03-29", 23), ("10-25", 25), ("06-01", 24)])
def test_a_day_round_the_clock_has_as_many_hours_as_its_clock_shows(day: str, hours: int) -> None:
    always = BusinessCalendar.of(OpeningHours("all", (CalendarVersion(SINCE, PARIS, ALWAYS),)), lambda _name: {})
    assert elapsed(always, on(f"{day} 00:00"), on(f"{day} 00:00") + timedelta(days=1)) == hours * HOUR


def test_office_hours_are_as_long_on_either_side_of_a_change() -> None:
    """Friday to Monday over the night on which the clock is put forward, or back: nobody is there."""
    for friday, monday in (("03-27", "03-30"), ("10-23", "10-26")):
        one = ticket(f"{friday} 09:00")
        assert resolution(one, f"{friday} 17:00").due == on(f"{monday} 17:00")


# Days of their own


def test_a_half_day_ends_the_clock_at_noon() -> None:
    """Where only whole days can be off, Christmas Eve counts in full or not at all."""
    eve = OwnHours(Days(date(2026, 12, 24), date(2026, 12, 24)), ((9 * HOUR, 12 * HOUR),))
    version = CalendarVersion(
        SINCE, PARIS, OFFICE_WEEK, closed=(Days(date(2026, 12, 25), date(2026, 12, 25)),), open=(eve,)
    )
    desk = agreed(STANDARD, calendars=(OpeningHours("office", (version,)),))
    assert resolution(ticket("12-23 09:00"), "12-23 10:00", desk).due == on("12-28 14:00")


def test_a_ticket_opened_at_night_has_its_whole_time_from_the_opening_of_the_next_day() -> None:
    """RT sets a start of its own at the next opening: ours needs none, since closed time does not count."""
    reading = resolution(ticket("01-16 22:00"), "01-16 22:30")
    assert (reading.elapsed, reading.due) == (0, on("01-20 17:00"))


def test_a_target_that_fills_a_day_is_due_when_it_closes() -> None:
    """Others name the next opening; a customer who is promised "by the evening" means the evening."""
    reading = resolution(ticket("01-15 09:00"), "01-15 09:00")
    assert reading.due == on("01-16 17:00")
    assert resolution(ticket("01-15 09:00"), "01-19 09:00").verdict == "at_risk"
    assert resolution(ticket("01-15 09:00"), "01-19 09:01").breached_at == on("01-19 09:00")
