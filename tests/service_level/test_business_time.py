"""Business time against a slow oracle that asks the wall clock at every minute, and the laws of every calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.service_level import wall_clock
from tests.service_level.wall_clock import MIDNIGHT, Few, Minutes, Plain, WallClock
from tests.torture import reached, scaled
from tkt.domain.duration import BusinessDays
from tkt.domain.opening_hours import ALWAYS, CalendarVersion, OpeningHours
from tkt.service_level.business import open_year as tables
from tkt.service_level.business.business_time import due, elapsed, working_day_after
from tkt.service_level.business.calendar import ROUND_THE_CLOCK, BusinessCalendar, NeverOpen
from tkt.service_level.business.open_days import BeforeCalendar, HolidaysMissing, OpenDays
from tkt.service_level.business.open_year import OpenYear
from tkt.service_level.period import second_of

DAY = 24 * 3600
# Of each zone the days round which to look: both changes of its clock, and where one fell on midnight or was put off.
CHANGES = {
    "Europe/Paris": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "America/Sao_Paulo": (date(2018, 11, 4), date(2018, 2, 18), date(2017, 10, 15)),
    "Africa/Casablanca": (date(2026, 2, 15), date(2026, 3, 22)),
    "Asia/Kathmandu": (date(1986, 1, 1), date(2026, 6, 1)),
    "UTC": (date(2026, 6, 1),),
}
OTHER_DAYS = (date(2024, 2, 29), date(2026, 12, 31), date(2027, 1, 1))
HOLIDAY_FILES = ("XX", "XX-1")


def minutes(step: int) -> st.SearchStrategy[Minutes]:
    """Up to three spans of a day, the last of which may run over midnight."""
    times = st.lists(st.integers(0, MIDNIGHT // step), min_size=0, max_size=6, unique=True).map(sorted)

    def spans(drawn: tuple[list[int], int]) -> Minutes:
        marks, over = drawn
        pairs = [(one * step, other * step) for one, other in zip(marks[::2], marks[1::2], strict=False)]
        if len(marks) % 2 and marks[-1] * step < MIDNIGHT:
            pairs.append((marks[-1] * step, MIDNIGHT + min(over, marks[-1]) * step))
        return tuple(pairs)

    return st.tuples(times, st.integers(0, 8 * 60 // step)).map(spans)


@st.composite
def few_days(draw: st.DrawFn, near: date) -> Few:
    first = near + timedelta(days=draw(st.integers(-4, 4)))
    yearly = draw(st.booleans())
    last = first + timedelta(days=draw(st.integers(0, 3)))
    # A yearly closing over New Year, which ends in an earlier month than it begins.
    over = draw(st.booleans()) and yearly
    return Few(first, date(last.year, 1, 2), True) if over and first.month == 12 else Few(first, last, yearly)


@st.composite
def versions(draw: st.DrawFn, since: date, zone: str, near: date, step: int) -> Plain:
    def some(most: int) -> list[Few]:
        return draw(st.lists(few_days(near), max_size=most))

    a_day = minutes(step)
    return Plain(
        since,
        zone,
        draw(st.dictionaries(st.integers(0, 6), a_day, max_size=7)),
        draw(st.sampled_from(((), HOLIDAY_FILES[:1], HOLIDAY_FILES))),
        tuple(some(2)),
        tuple((days, draw(a_day)) for days in some(2)),
    )


@st.composite
def calendars(draw: st.DrawFn, step: int = 1) -> tuple[WallClock, date]:
    """A calendar with one to three versions, perhaps in several zones, and a day of interest in it."""
    zone = draw(st.sampled_from(sorted(CHANGES)))
    near = draw(st.sampled_from((*CHANGES[zone], *OTHER_DAYS)))
    every = [draw(versions(near - timedelta(days=draw(st.sampled_from((10, 500)))), zone, near, step))]
    for offset in sorted(draw(st.sets(st.integers(-4, 4), max_size=2))):
        another = draw(st.sampled_from((zone, zone, *sorted(CHANGES))))
        every.append(draw(versions(near + timedelta(days=offset), another, near, step)))
    named = {
        name: {year: _of_year(draw(st.sets(st.integers(-4, 4), max_size=2)), near, year) for year in _years(near)}
        for name in HOLIDAY_FILES
    }
    return WallClock(tuple(every), named), near


def _of_year(offsets: set[int], near: date, year: int) -> dict[date, str]:
    days = (near + timedelta(days=offset) for offset in offsets)
    return {day: "a holiday" for day in days if day.year == year}


def _years(near: date) -> range:
    return range(near.year - 3, near.year + 6)


@st.composite
def windows(draw: st.DrawFn, near: date, before: int = 4, longest: int = 5) -> tuple[int, int]:
    """Two instants about a day, to the second."""
    midnight = second_of(datetime(near.year, near.month, near.day, tzinfo=UTC))
    start = midnight + draw(st.integers(-before * DAY, DAY))
    return start, start + draw(st.integers(0, longest * DAY))


@st.composite
def questions(draw: st.DrawFn) -> tuple[WallClock, int, int]:
    clock, near = draw(calendars())
    return clock, *draw(windows(near))


@pytest.mark.slow
def test_business_time_is_what_walking_it_minute_by_minute_gives() -> None:
    walked = Counter(calendars=0, minutes=0, disagreements=0)

    @settings(max_examples=scaled(40, 3_000))
    @given(questions(), st.integers(0, DAY))
    def every_question_is_answered_as_the_oracle_does(question: tuple[WallClock, int, int], target: int) -> None:
        clock, start, end = question
        calendar, states = clock.calendar(), clock.states(start, end)
        expected = wall_clock.due(states, target)
        same = calendar.elapsed(start, end) == wall_clock.elapsed(states)
        same = same and (expected is None or calendar.due(start, target) == expected)
        walked.update(calendars=1, minutes=len(states), disagreements=not same)
        assert same

    try:
        every_question_is_answered_as_the_oracle_does()
    finally:
        reached("business-time", **walked)


@settings(max_examples=scaled(20, 1_000))
@given(questions())
def test_every_stretch_is_what_walking_it_minute_by_minute_gives(question: tuple[WallClock, int, int]) -> None:
    clock, start, end = question
    stretches = list(clock.calendar().stretches(start, end))
    assert all(one.span.end == other.span.start for one, other in pairwise(stretches))
    edges = [(one.span.start, one.span.end) for one in stretches]
    assert edges == [] if start == end else (edges[0][0], edges[-1][1]) == (start, end)
    walked = iter(clock.states(start, end))
    since, until, state = next(walked, (start, start, ""))
    for stretch in stretches:
        while since < stretch.span.end:
            assert state == stretch.kind
            assert until <= stretch.span.end
            since, until, state = next(walked, (end, end, ""))


@settings(max_examples=scaled(12, 300))
@given(calendars(step=15), st.integers(0, 900 * DAY), st.integers(0, 500 * DAY), st.integers(0, 2_000 * 3600))
def test_over_years_it_is_what_walking_them_gives(
    drawn: tuple[WallClock, date], after: int, length: int, target: int
) -> None:
    clock, near = drawn
    calendar = clock.calendar()
    start = second_of(datetime(near.year, near.month, near.day, tzinfo=UTC)) + after
    states = clock.states(start, start + length, 15 * 60)
    assert calendar.elapsed(start, start + length) == wall_clock.elapsed(states)
    expected = wall_clock.due(states, target)
    if expected is not None:
        assert calendar.due(start, target) == expected


@settings(max_examples=scaled(30, 2_000))
@given(calendars(), st.lists(st.integers(-3 * DAY, 800 * DAY), min_size=3, max_size=3).map(sorted))
def test_elapsed_adds_up_and_never_runs_back(drawn: tuple[WallClock, date], after: list[int]) -> None:
    clock, near = drawn
    calendar = clock.calendar()
    one, two, three = (second_of(datetime(near.year, near.month, near.day, tzinfo=UTC)) + at for at in after)
    parts = calendar.elapsed(one, two), calendar.elapsed(two, three)
    assert calendar.elapsed(one, three) == sum(parts)
    assert all(
        0 <= part <= until - since for part, (since, until) in zip(parts, ((one, two), (two, three)), strict=True)
    )
    assert calendar.elapsed(three, one) == 0


@settings(max_examples=scaled(25, 2_000))
@given(calendars(), st.integers(-3 * DAY, 300 * DAY), st.integers(1, 200 * 3600))
def test_due_is_the_first_instant_at_which_the_target_has_elapsed(
    drawn: tuple[WallClock, date], after: int, target: int
) -> None:
    clock, near = drawn
    calendar = clock.calendar()
    start = second_of(datetime(near.year, near.month, near.day, tzinfo=UTC)) + after
    try:
        at = calendar.due(start, target)
    except (NeverOpen, HolidaysMissing):
        # So little may be open that it takes more years than the holidays are known of.
        return
    assert calendar.elapsed(start, at) == target
    assert calendar.elapsed(start, at - 1) == target - 1
    assert calendar.due(start, target - 1) <= at - 1
    assert calendar.due(start, 0) == start


def office(since: date = date(2020, 1, 1), holidays: tuple[str, ...] = ()) -> WallClock:
    """Monday to Friday from nine to five."""
    known = {"FR": {2026: {date(2026, 12, 25): "Noël"}}}
    return WallClock((Plain(since, "Europe/Paris", dict.fromkeys(range(5), ((9 * 60, 17 * 60),)), holidays),), known)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris"))


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The years of which a table is made, as they are."""
    made: list[int] = []
    open_year = tables.open_year

    def build(days: OpenDays, year: int) -> OpenYear:
        made.append(year)
        return open_year(days, year)

    monkeypatch.setattr(tables, "open_year", build)
    return made


def test_a_target_of_no_time_is_due_at_once_even_while_closed() -> None:
    sunday = paris("2026-01-18T12:00:00")
    assert due(office().calendar(), sunday, 0) == sunday


def test_what_exactly_fills_a_day_is_due_at_closing_time_and_a_second_more_after_the_next_opening() -> None:
    monday = paris("2026-01-12T09:00:00")
    assert due(office().calendar(), monday, 8 * 3600) == paris("2026-01-12T17:00:00")
    assert due(office().calendar(), monday, 8 * 3600 + 1) == paris("2026-01-13T09:00:01")


def test_a_target_over_a_year_is_met_to_the_second() -> None:
    """Of nine to five there are 2,080 hours in 52 weeks."""
    calendar = office().calendar()
    assert due(calendar, paris("2025-01-06T09:00:00"), 3 * 2080 * 3600) == paris("2027-12-31T17:00:00")
    assert elapsed(calendar, paris("2025-01-06T09:00:00"), paris("2028-01-03T09:00:00")) == 3 * 2080 * 3600


def test_one_table_a_year_is_made_and_a_question_about_three_years_needs_no_more_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = counted(monkeypatch)
    calendar = office().calendar()
    start = paris("2023-05-01T10:00:00")
    three_years = elapsed(calendar, start, paris("2026-05-01T10:00:00"))
    assert sorted(made) == [2023, 2024, 2025, 2026]
    for _again in range(100):
        elapsed(calendar, start, paris("2023-05-01T11:00:00"))
        elapsed(calendar, start, paris("2026-05-01T10:00:00"))
        due(calendar, start, three_years)
    assert len(made) == 4


def test_a_question_about_an_hour_makes_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    made = counted(monkeypatch)
    elapsed(office().calendar(), paris("2026-05-04T10:00:00"), paris("2026-05-04T11:00:00"))
    assert made == [2026]


NEVER = {
    "no hours": Plain(date(2020, 1, 1), "UTC", {}),
    "closed all year": Plain(
        date(2020, 1, 1), "UTC", {0: ((0, 60),)}, closed=(Few(date(2000, 1, 1), date(2000, 12, 31), True),)
    ),
    "closed for good": Plain(
        date(2020, 1, 1), "UTC", {0: ((0, 60),)}, closed=(Few(date(2020, 1, 1), date(9999, 12, 31)),)
    ),
}


@pytest.mark.parametrize("why", NEVER)
def test_a_calendar_that_never_opens_is_said_at_once(why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = counted(monkeypatch)
    calendar = WallClock((NEVER[why],)).calendar()
    with pytest.raises(NeverOpen, match="office does not open any more"):
        due(calendar, paris("2026-05-04T10:00:00"), 1)
    assert len(made) < 150
    assert elapsed(calendar, paris("2020-05-04T10:00:00"), paris("2026-05-04T10:00:00")) == 0
    with pytest.raises(NeverOpen):
        working_day_after(calendar, paris("2026-05-04T10:00:00"), BusinessDays(1), UTC)


def test_what_lies_beyond_the_last_year_is_refused_and_not_said_to_be_never_open() -> None:
    once = Plain(date(2020, 1, 1), "UTC", {}, own=((Few(date(2000, 1, 2), date(2000, 1, 2), True), ((0, 1),)),))
    with pytest.raises(NeverOpen, match="office it would last beyond the year 2999"):
        due(WallClock((once,)).calendar(), paris("2900-05-04T10:00:00"), 3600 * 2)


def test_a_long_closing_is_waited_for_however_long_it_is() -> None:
    long = Plain(date(2020, 1, 1), "UTC", {0: ((0, 60),)}, closed=(Few(date(2026, 1, 1), date(2199, 12, 31)),))
    at = due(WallClock((long,)).calendar(), datetime(2026, 1, 5, tzinfo=UTC), 60)
    assert at == datetime(2200, 1, 6, 0, 1, tzinfo=UTC)


def test_one_opening_in_forty_years_is_found() -> None:
    """A 29 February that is a Monday: 2072, and not before 2112, since 2100 is no leap year."""
    rare = Plain(date(2020, 1, 1), "UTC", {0: ((0, 60),)}, closed=(Few(date(2000, 3, 1), date(2000, 2, 28), True),))
    assert due(WallClock((rare,)).calendar(), datetime(2072, 3, 1, tzinfo=UTC), 60) == datetime(
        2112, 2, 29, 0, 1, tzinfo=UTC
    )


def test_before_its_first_version_a_calendar_says_so() -> None:
    calendar = office(since=date(2026, 1, 1)).calendar()
    questions: list[Callable[[], object]] = [
        lambda: elapsed(calendar, paris("2025-12-30T10:00:00"), paris("2026-02-01T10:00:00")),
        lambda: due(calendar, paris("2025-12-30T10:00:00"), 60),
        lambda: calendar.is_working_day(date(2025, 12, 31)),
        lambda: list(
            calendar.stretches(second_of(paris("2025-12-30T10:00:00")), second_of(paris("2026-01-01T10:00:00")))
        ),
    ]
    for question in questions:
        with pytest.raises(BeforeCalendar, match="office begins on 2026-01-01"):
            question()


def test_what_was_opened_on_its_first_day_by_another_clock_is_counted_from_its_own_midnight() -> None:
    """It is 2026 in Paris six hours earlier than in New York, and a day ends 26 hours after it began elsewhere."""
    always = OpeningHours("all", (CalendarVersion(date(2026, 1, 1), ZoneInfo("America/New_York"), ALWAYS),))
    calendar = BusinessCalendar.of(always, lambda _name: {})
    opened = paris("2026-01-01T00:30:00")
    assert elapsed(calendar, opened, paris("2026-01-01T07:00:00")) == 3600
    assert due(calendar, opened, 3600) == paris("2026-01-01T07:00:00")
    kinds = [one.kind for one in calendar.stretches(second_of(opened), second_of(paris("2026-01-01T07:00:00")))]
    assert kinds == ["hours", "open"]
    latest = OpeningHours("all", (CalendarVersion(date(2026, 1, 1), ZoneInfo("Etc/GMT+12"), ALWAYS),))
    first_of_all = datetime(2026, 1, 1, tzinfo=ZoneInfo("Pacific/Kiritimati"))
    assert (
        elapsed(BusinessCalendar.of(latest, lambda _name: {}), first_of_all, first_of_all + timedelta(hours=27)) == 3600
    )


def test_holidays_that_are_not_known_are_missed_only_where_they_are_needed() -> None:
    calendar = office(holidays=("FR",)).calendar()
    new_year = paris("2027-01-01T00:00:00")
    assert elapsed(calendar, paris("2026-12-24T09:00:00"), new_year) == 5 * 8 * 3600
    assert due(calendar, paris("2026-12-31T09:00:00"), 8 * 3600) == paris("2026-12-31T17:00:00")
    assert calendar.elapsed(second_of(new_year), second_of(new_year)) == 0
    for question in (
        lambda: elapsed(calendar, paris("2026-12-31T09:00:00"), new_year + timedelta(seconds=1)),
        lambda: due(calendar, paris("2026-12-31T09:00:00"), 8 * 3600 + 1),
    ):
        with pytest.raises(HolidaysMissing, match=r"holidays/FR.yaml.* 2027.*tkt calendar holidays FR 2027"):
            question()


def test_a_day_that_is_closed_in_any_case_needs_no_holidays() -> None:
    closed = Plain(
        date(2020, 1, 1),
        "UTC",
        dict.fromkeys(range(5), ((0, 60),)),
        ("FR",),
        (Few(date(2027, 1, 1), date(2027, 12, 31)),),
    )
    calendar = WallClock((closed,)).calendar()
    assert elapsed(calendar, datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)) == 0
    assert not calendar.is_working_day(date(2027, 1, 2))


def test_a_night_shift_ends_at_the_midnight_of_a_holiday_on_a_day_without_hours() -> None:
    """Saturday's shift would run to six on Sunday; 1 November 2026 is a Sunday and a holiday."""
    night = Plain(date(2026, 1, 1), "UTC", {5: ((22 * 60, 30 * 60),)}, ("FR",))
    clock = WallClock((night,), {"FR": {2026: {date(2026, 11, 1): "Toussaint"}}})
    saturday = datetime(2026, 10, 31, tzinfo=UTC)
    assert elapsed(clock.calendar(), saturday, saturday + timedelta(days=2)) == 2 * 3600
    assert elapsed(clock.calendar(), saturday - timedelta(days=7), saturday - timedelta(days=5)) == 8 * 3600
    stretches = clock.calendar().stretches(second_of(saturday), second_of(saturday + timedelta(days=2)))
    assert [(one.kind, one.name) for one in stretches] == [("hours", ""), ("open", ""), ("holiday", "Toussaint")]


@pytest.mark.parametrize(
    ("before", "after", "hours"),
    [("Europe/Paris", "America/New_York", 54), ("America/New_York", "Europe/Paris", 42)],
)
def test_a_calendar_that_moves_to_another_zone_is_open_throughout_if_it_always_is(
    before: str, after: str, hours: int
) -> None:
    """The day of the move is six hours longer to the west, and shorter to the east; at New Year as in June."""
    for moved in (date(2026, 6, 10), date(2027, 1, 1)):
        always = tuple(
            CalendarVersion(day, ZoneInfo(zone), ALWAYS) for day, zone in ((date(2026, 1, 1), before), (moved, after))
        )
        calendar = BusinessCalendar.of(OpeningHours("all", always), lambda _name: {})
        eve = datetime(moved.year, moved.month, moved.day, tzinfo=ZoneInfo(before)) - timedelta(days=1)
        next_day = datetime(moved.year, moved.month, moved.day, tzinfo=ZoneInfo(after)) + timedelta(days=1)
        assert elapsed(calendar, eve, next_day) == hours * 3600


def test_a_version_that_ends_hours_before_the_clock_of_its_zone_changes_ends_there() -> None:
    """Casablanca puts its clock back at three on 15 February 2026; from that day's midnight the calendar is closed."""
    open_sundays = Plain(date(2026, 2, 1), "Africa/Casablanca", {6: ((0, MIDNIGHT),)})
    clock = WallClock((open_sundays, Plain(date(2026, 2, 15), "UTC", {}), Plain(date(2026, 2, 16), "UTC", {})))
    start = datetime(2026, 2, 14, 22, tzinfo=UTC)
    assert elapsed(clock.calendar(), start, start + timedelta(days=3)) == 3600


def test_versions_that_overtake_each_other_round_the_earth_leave_nothing_to_the_one_between() -> None:
    """The second begins an hour later than the third: it is never in force."""
    zones = ((date(2026, 1, 1), "UTC", ((0, 60),)), (date(2026, 6, 10), "Etc/GMT+11", ((0, MIDNIGHT),)))
    every = (*zones, (date(2026, 6, 11), "Pacific/Kiritimati", ((60, 120),)))
    clock = WallClock(tuple(Plain(day, zone, dict.fromkeys(range(7), spans)) for day, zone, spans in every))
    start = second_of(datetime(2026, 6, 8, tzinfo=UTC))
    states = clock.states(start, start + 5 * DAY)
    assert clock.calendar().elapsed(start, start + 5 * DAY) == wall_clock.elapsed(states) == 6 * 3600


def test_working_days_leave_out_what_the_calendar_closes() -> None:
    calendar = office(holidays=("FR",)).calendar()
    zone = ZoneInfo("Europe/Paris")
    asked = working_day_after(calendar, paris("2026-12-24T15:00:00"), BusinessDays(1), zone)
    assert asked == paris("2026-12-28T15:00:00")
    assert working_day_after(None, paris("2026-12-24T15:00:00"), BusinessDays(1), zone) == paris("2026-12-25T15:00:00")
    assert working_day_after(ROUND_THE_CLOCK, paris("2026-12-24T15:00:00"), BusinessDays(2), zone) == paris(
        "2026-12-26T15:00:00"
    )


def test_working_days_before_a_calendar_begins_are_monday_to_friday() -> None:
    """It begins on Wednesday 15 April and works at the weekend alone."""
    begun = Plain(date(2026, 4, 15), "Europe/Paris", {5: ((0, 60),), 6: ((0, 60),)})
    asked = [
        working_day_after(WallClock((begun,)).calendar(), paris("2026-04-10T15:00:00"), BusinessDays(days), UTC)
        for days in (0, 1, 2, 3)
    ]
    assert [at.day for at in asked] == [10, 13, 14, 18]


@pytest.mark.parametrize(
    "zone", [*CHANGES, "America/Havana", "Pacific/Apia", "Europe/London", "Africa/Cairo", "Asia/Gaza"]
)
def test_an_always_open_calendar_counts_every_second_of_the_zones_own_days(zone: str) -> None:
    """No October is short of days, whatever its clock does: the tables of years join without a gap."""
    always = OpeningHours("all", (CalendarVersion(date(1980, 1, 1), ZoneInfo(zone), ALWAYS),))
    calendar = BusinessCalendar.of(always, lambda _name: {})
    start, end = (second_of(datetime(year, 1, 1, tzinfo=UTC)) for year in (1985, 2030))
    assert calendar.elapsed(start, end) == end - start
    tables = [
        calendar.elapsed(second_of(datetime(year, 10, 1, tzinfo=UTC)), second_of(datetime(year, 11, 1, tzinfo=UTC)))
        for year in range(1985, 2030)
    ]
    assert set(tables) == {31 * DAY}
