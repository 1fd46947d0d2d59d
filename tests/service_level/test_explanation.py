"""Explanations: what is told of a clock is what it is judged by, to the second, and it leaves nothing out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.service_level.lives import AGENT, DEFAULT, WINTER, agreed, at, imported, life, said
from tests.service_level.test_verdict_laws import OPENED, Step, lives, ticket_of
from tests.torture import scaled
from tkt.domain.entry import Entry
from tkt.domain.opening_hours import ALWAYS, CalendarVersion, Days, DaySpans, OpeningHours, OwnHours
from tkt.domain.policies import DEFAULT_POLICY, Policy, PolicyVersion, Target
from tkt.domain.ticket import Ticket
from tkt.service_level.account import COUNTED, KINDS, Account, Interval
from tkt.service_level.agreements import Agreements
from tkt.service_level.business.calendar import BusinessCalendar
from tkt.service_level.business.calendars import Calendars
from tkt.service_level.explanation import Explanation, explain
from tkt.service_level.period import instant_of, measure, second_of
from tkt.service_level.reading import ClockReading
from tkt.service_level.verdict import read_clocks

CLOCKS = ("response", "resolution")
HOUR = 3600


def hours(*spans: tuple[float, float]) -> DaySpans:
    return tuple((int(start * HOUR), int(end * HOUR)) for start, end in spans)


def week(day: DaySpans, saturday: DaySpans = ()) -> tuple[DaySpans, ...]:
    return (day, day, day, day, day, saturday, ())


PARIS, NEW_YORK, LORD_HOWE = map(ZoneInfo, ("Europe/Paris", "America/New_York", "Australia/Lord_Howe"))
OFFICE = OpeningHours(
    "office",
    (
        CalendarVersion(
            date(2020, 1, 1),
            PARIS,
            week(hours((8.5, 12.5), (13.5, 18))),
            holidays=("FR",),
            closed=(Days(date(2026, 1, 19), date(2026, 1, 20), name="Inventaire"),),
            open=(OwnHours(Days(date(2026, 1, 17), date(2026, 1, 17)), hours((9, 12))),),
        ),
    ),
)
NIGHTS = OpeningHours("nights", (CalendarVersion(date(2020, 1, 1), NEW_YORK, week(hours((22, 30)), hours((22, 24)))),))
MINUTES = OpeningHours(
    "minutes", (CalendarVersion(date(2020, 1, 1), PARIS, week(tuple((n, n + 420) for n in range(0, 86_000, 600)))),)
)
MOVED = OpeningHours(
    "moved",
    (
        CalendarVersion(date(2020, 1, 1), LORD_HOWE, ALWAYS, closed=(Days(date(2026, 1, 15), date(2026, 1, 15)),)),
        CalendarVersion(date(2026, 1, 16), PARIS, week(hours((0, 24)))),
    ),
)
EVERY = (OFFICE, NIGHTS, MINUTES, MOVED)
FEAST = date(2026, 1, 16)


def french(_file: str) -> dict[int, dict[date, str]]:
    return {year: {FEAST.replace(year=year): "Fête"} for year in range(2020, 2030)}


CALENDARS = Calendars.of(EVERY, french)


@st.composite
def promises(draw: st.DrawFn, stretch: int) -> Agreements:
    """Targets, calendars and pauses of each priority, in one policy or split over two."""
    names = ("24x7", *(one.name for one in EVERY))
    targets = {
        code: Target(a * 60 * stretch + draw(st.integers(0, 59)), b * 60 * stretch, draw(st.sampled_from(names)))
        for code, (a, b) in {"P1": (5, 12), "P2": (10, 25), "P3": (20, 50)}.items()
    }
    versions = [
        PolicyVersion(date(2026, 1, 1), targets, frozenset(draw(st.sets(st.sampled_from(("user", "vendor", "other"))))))
        for _ in range(2)
    ]
    upper = Policy("upper", (versions[0],), {"priority": draw(st.sampled_from((("P1",), ("P1", "P3"))))})
    return Agreements((upper, Policy("all", (versions[1],))), CALENDARS)


@st.composite
def explained(draw: st.DrawFn) -> tuple[Ticket, Agreements, datetime]:
    """A life of hours or of weeks, some of it recorded late, and the moment at which it is looked at."""
    stretch = draw(st.sampled_from((1, 61, 499)))
    steps, minute = draw(lives())
    shifts = [draw(st.integers(0, 59)) for _ in steps]
    ticket = ticket_of([Step(one.minute * stretch, one.state, one.reason, one.priority, one.public) for one in steps])
    moved = [
        replace(entry, at=entry.at + timedelta(seconds=n)) for entry, n in zip(ticket.entries, shifts, strict=True)
    ]
    entries = tuple(sorted(moved[1:], key=lambda entry: entry.at))
    now = OPENED + timedelta(minutes=minute * stretch, seconds=draw(st.integers(0, 59)))
    return replace(ticket, entries=(ticket.entries[0], *entries)), draw(promises(stretch)), now


def both(drawn: tuple[Ticket, Agreements, datetime]) -> list[Explanation]:
    return [explain(*drawn, clock) for clock in CLOCKS]


def spans_of(one: Account) -> list[tuple[int, int]]:
    return [tuple(interval.span) for interval in one.intervals]  # type: ignore[misc]


# The laws of what is told of one clock. All of them are held against each life: drawing one costs more than a law.


def what_is_told_is_what_is_judged(told: Explanation, reading: ClockReading) -> None:
    assert told.reading == reading
    assert told.account.elapsed == reading.elapsed
    assert sum(one.seconds for one in told.account.sums) == reading.wall
    assert sum(one.counted for one in told.account.sums) == reading.elapsed


def intervals_follow_each_other_from_the_opening_to_the_end(told: Explanation) -> None:
    course, intervals = told.course, told.account.intervals
    edges = [course.start, *(end for _start, end in spans_of(told.account))]
    assert edges[-1] == course.end
    assert [one.span.start for one in intervals] == edges[:-1]
    assert all(start < end for start, end in pairwise(edges))
    running = 0
    for one in intervals:
        running += one.counted
        assert one.elapsed == running
        assert one.counted == (one.span.seconds if one.kind in COUNTED else 0)
        assert one.kind in KINDS


def the_breach_is_that_of_the_verdict_and_of_the_first_priority_that_was_over(told: Explanation) -> None:
    assert (told.breach is not None) is told.reading.breached
    firsts = [one for one in told.priorities if one.over_at is not None]
    if told.breach is None:
        assert not firsts
        return
    assert instant_of(told.breach.at) == told.reading.breached_at
    assert told.breach.priority is firsts[0]
    assert firsts[0].held.span.start <= told.breach.at < firsts[0].held.span.end
    assert told.breach.why in ("counted", "priority", "reopened")
    if told.breach.account is not None:
        assert told.breach.account.elapsed == firsts[0].elapsed > (firsts[0].target or 0)


def a_priority_is_over_its_target_exactly_when_a_moment_of_it_has_counted_more(told: Explanation) -> None:
    """A moment between a resolution and its reopening is not the clock's."""
    gaps = told.course.gaps
    for one in told.priorities:
        inside = measure(gap for gap in gaps if gap.start <= one.held.span.start and one.held.span.end <= gap.end)
        over = one.target is not None and one.elapsed > one.target and not inside
        assert (one.over_at is not None) is over


def the_marks_are_the_first_moments_at_which_so_much_had_counted(told: Explanation) -> None:
    if told.reading.due is not None:
        assert told.due_at == second_of(told.reading.due)
    for seconds, instant in ((told.warn, told.warn_at), (told.course.target, told.due_at)):
        if seconds is None or instant is None:
            assert seconds is None or told.account.elapsed < seconds
            continue
        assert _counted_by(told, instant) == seconds
        assert _counted_by(told, instant - 1) == seconds - 1


def _counted_by(told: Explanation, second: int) -> int:
    """What has counted by an instant: as the account has it, and beyond its end as the calendar goes on."""
    past = sum(min(one.span.end, second) - one.span.start for one in told.account.intervals if _counts_by(one, second))
    return past + told.terms.calendar.elapsed(told.course.end, second)


def _counts_by(one: Interval, second: int) -> bool:
    return bool(one.counted) and one.span.start < second


def what_began_an_interval_is_an_entry_of_that_very_moment(told: Explanation, ticket: Ticket) -> None:
    for phase in told.account.phases:
        first, *cut_by_the_calendar = phase
        assert first.by
        assert all(second_of(entry.at) == first.span.start and entry in ticket.entries for entry in first.by)
        assert not any(one.by for one in cut_by_the_calendar)


def the_policy_told_to_have_matched_is_the_one_that_judges(told: Explanation) -> None:
    (matched,) = [one for one in told.considered if one.outcome == "matched"]
    assert matched.policy.name == told.terms.policy
    assert all(condition.holds for condition in matched.conditions)


def keeps_every_law(told: Explanation, reading: ClockReading) -> None:
    what_is_told_is_what_is_judged(told, reading)
    intervals_follow_each_other_from_the_opening_to_the_end(told)
    the_breach_is_that_of_the_verdict_and_of_the_first_priority_that_was_over(told)
    a_priority_is_over_its_target_exactly_when_a_moment_of_it_has_counted_more(told)
    the_marks_are_the_first_moments_at_which_so_much_had_counted(told)
    the_policy_told_to_have_matched_is_the_one_that_judges(told)


LAW = settings(max_examples=scaled(150, 5_000), deadline=None)


@LAW
@given(explained())
def test_the_laws_hold_for_every_life(drawn: tuple[Ticket, Agreements, datetime]) -> None:
    for told, reading in zip(both(drawn), read_clocks(*drawn), strict=True):
        keeps_every_law(told, reading)
        what_began_an_interval_is_an_entry_of_that_very_moment(told, drawn[0])


STATES = ("new", "assigned", "in_progress", "pending", "resolved", "closed", "cancelled")


@st.composite
def merged(draw: st.DrawFn) -> tuple[Ticket, Agreements, datetime]:
    """A journal that no workflow held: moves that did not see each other, an entry too early."""
    entries = []
    for hours_later in sorted(draw(st.lists(st.integers(-2, 200), max_size=12))):
        old, new = draw(st.sampled_from(STATES)), draw(st.sampled_from(STATES))
        changes = {"state": f"{old} → {new}", "reason": draw(st.sampled_from(("user", "vendor", "other", "?")))}
        if draw(st.booleans()):
            changes = {"priority": draw(st.sampled_from(("P1 → P2", "P3 → P1", "P9 → P4")))}
        entries.append(said(OPENED + timedelta(hours=hours_later), public=draw(st.booleans()), **changes))
    opened = draw(st.sampled_from((life, imported)))
    ticket = life(*entries, opened=OPENED) if opened is life else imported(OPENED, *entries)
    return (
        ticket,
        draw(promises(draw(st.sampled_from((1, 61, 499))))),
        OPENED + timedelta(hours=draw(st.integers(0, 220))),
    )


@LAW
@given(merged())
def test_the_laws_hold_for_journals_that_were_merged_or_imported(drawn: tuple[Ticket, Agreements, datetime]) -> None:
    """Nothing need have begun an interval there: an imported ticket may have no entry at its opening."""
    for told, reading in zip(both(drawn), read_clocks(*drawn), strict=True):
        keeps_every_law(told, reading)


def test_a_calendar_is_told_as_it_is() -> None:
    """Against the calendar's own word for every minute of three weeks, not by the road that an account takes."""
    ticket = life(opened=datetime(2026, 1, 15, 9, 15, tzinfo=WINTER))
    now = at("09:15") + timedelta(days=14)
    for hours_of in EVERY:
        policy = Policy("one", (PolicyVersion(date(2026, 1, 1), {"P3": Target(60, 60)}, calendar=hours_of.name),))
        told = explain(ticket, Agreements((policy,), CALENDARS), now, "resolution")
        calendar = BusinessCalendar.of(hours_of, french)
        for one in told.account.intervals:
            for start in range(one.span.start, one.span.end, 60):
                end = min(start + 60, one.span.end)
                assert calendar.elapsed(start, end) == (end - start if one.kind == "running" else 0)


def phrase(one: Interval) -> tuple[str, str, str, int]:
    """`("09:15", "running", "", minutes)`."""
    return f"{instant_of(one.span.start, WINTER):%d %H:%M}", one.kind, one.name, one.span.seconds // 60


def minutes(ticket: Ticket, agreements: Agreements, now: datetime, clock: str = "resolution") -> list[object]:
    return [phrase(one) for one in explain(ticket, agreements, now, clock).account.intervals]


OFFICE_POLICY = Policy("office", (PolicyVersion(date(2026, 1, 1), {"P3": Target(HOUR, 8 * HOUR)}, calendar="office"),))


def test_every_kind_of_interval_is_told_for_what_it_was() -> None:
    ticket = life(
        said("09:30", state="new → in_progress"),
        said("10:00", state="in_progress → pending", reason="user"),
        said("11:00", state="pending → pending", reason="approval"),
        said("12:00", state="pending → in_progress"),
        said("14:00", state="in_progress → resolved"),
        said("15:00", state="resolved → in_progress"),
        said("16:00", state="in_progress → cancelled"),
        said("17:00", state="cancelled → in_progress"),
    )
    assert minutes(ticket, Agreements((OFFICE_POLICY,), CALENDARS), at("10:00", 21)) == [
        ("15 09:15", "running", "", 15),
        ("15 09:30", "running", "", 30),
        ("15 10:00", "paused", "user", 60),
        ("15 11:00", "waiting", "approval", 60),
        ("15 12:00", "running", "", 30),
        ("15 12:30", "hours", "", 60),
        ("15 13:30", "running", "", 30),
        ("15 14:00", "reopened", "", 60),
        ("15 15:00", "running", "", 60),
        ("15 16:00", "cancelled", "", 60),
        ("15 17:00", "running", "", 60),
        ("15 18:00", "hours", "", 360),
        ("16 00:00", "holiday", "Fête", 1440),
        ("17 00:00", "hours", "", 540),
        ("17 09:00", "running", "", 180),
        ("17 12:00", "hours", "", 36 * 60),
        ("19 00:00", "closed", "Inventaire", 1440),
        ("20 00:00", "closed", "Inventaire", 1440),
        ("21 00:00", "hours", "", 510),
        ("21 08:30", "running", "", 90),
    ]


def test_a_weekend_spent_waiting_for_the_user_is_one_pause_and_not_closed_hours_too() -> None:
    waited = life(
        said("17:00", state="new → pending", reason="user"), said("10:00", day=22, state="pending → assigned")
    )
    assert minutes(waited, Agreements((OFFICE_POLICY,), CALENDARS), at("11:00", 22))[-2:] == [
        ("15 17:00", "paused", "user", 6 * 24 * 60 + 17 * 60),
        ("22 10:00", "running", "", 60),
    ]


def test_the_response_clock_never_pauses() -> None:
    waited = life(said("09:30", state="new → pending", reason="user"))
    assert minutes(waited, DEFAULT, at("10:00"), "response") == [
        ("15 09:15", "running", "", 15),
        ("15 09:30", "waiting", "user", 30),
    ]


def test_a_reopening_that_the_resolution_before_it_did_not_know_of_cuts_nothing_out() -> None:
    unknowing = said("10:00", state="in_progress → pending", reason="other")
    ticket = life(said("09:30", state="new → resolved"), unknowing, said("11:00", state="resolved → in_progress"))
    assert minutes(ticket, DEFAULT, at("12:00")) == [
        ("15 09:15", "running", "", 15),
        ("15 09:30", "reopened", "", 30),
        ("15 10:00", "reopened", "", 60),
        ("15 11:00", "running", "", 60),
    ]


def test_the_entries_that_began_an_interval_are_named_with_their_line_and_marked_when_late() -> None:
    start = replace(said("09:30", state="new → in_progress", late="forgotten"), line=42)
    told = explain(life(start, said("09:45")), DEFAULT, at("10:00"), "resolution")
    _opening, started = told.account.intervals
    assert [(entry.author, entry.line) for entry in started.by] == [(AGENT, 42)]
    assert started.late
    assert not told.account.intervals[0].late


def test_two_entries_of_one_moment_that_both_moved_it_are_both_named() -> None:
    both_at_once = said("09:30", state="new → in_progress"), said("09:30", priority="P3 → P2")
    told = explain(life(*both_at_once), DEFAULT, at("10:00"), "resolution")
    assert [entry.ordinal for entry in told.account.intervals[1].by] == [1, 2]


def test_an_imported_ticket_without_an_entry_at_its_opening_is_told_from_its_opening_on() -> None:
    ticket = imported("09:15", said("10:00", state="new → resolved"), priority="P3")
    (only,) = explain(ticket, DEFAULT, at("12:00"), "resolution").account.intervals
    assert (only.by, only.state, only.priority, only.span.seconds) == ((), "new", "P3", 45 * 60)


def test_the_entry_that_stopped_the_clock_is_named() -> None:
    stop = said("10:00", state="in_progress → resolved")
    ticket = life(said("09:30", state="new → in_progress"), stop, said("11:00", state="resolved → closed"))
    assert explain(ticket, DEFAULT, at("12:00"), "resolution").ended_by == stop
    assert explain(ticket, DEFAULT, at("09:45"), "resolution").ended_by is None


def whys(*entries: Entry, now: datetime, priority: str = "P3") -> tuple[str, str] | None:
    told = explain(life(*entries, priority=priority), DEFAULT, now, "resolution")
    return (told.breach.why, told.breach.priority.held.priority) if told.breach else None


def test_a_breach_says_why_it_began() -> None:
    assert whys(now=at("09:16", 16)) == ("counted", "P3")
    assert whys(said("18:15", priority="P3 → P1"), now=at("18:16")) == ("priority", "P1")
    solved, raised = said("14:15", state="new → resolved"), said("15:00", priority="P3 → P1")
    again = said("16:00", state="resolved → in_progress")
    assert whys(solved, raised, again, now=at("17:00")) == ("reopened", "P1")
    assert whys(solved, raised, now=at("17:00")) is None


def test_lowering_the_priority_leaves_the_breach_with_the_priority_that_it_was_of() -> None:
    lowered = said("15:00", priority="P1 → P4")
    told = explain(life(lowered, priority="P1"), DEFAULT, at("16:00"), "resolution")
    assert [(one.held.priority, one.target, one.elapsed, one.over_at is None) for one in told.priorities] == [
        ("P1", 4 * HOUR, 5 * HOUR + 45 * 60, False),
        ("P4", 48 * HOUR, 6 * HOUR + 45 * 60, True),
    ]
    assert told.breach is not None
    assert (told.breach.at, told.breach.account) == (second_of(at("13:15")), None)
    assert [one.by for one in told.priorities][1] == (lowered,)


def test_a_breach_under_terms_that_count_otherwise_brings_its_own_account() -> None:
    version = OFFICE_POLICY.versions[0]
    targets = {**version.targets, "P1": Target(900, 4 * HOUR, "24x7")}
    agreements = Agreements((OFFICE_POLICY._replace(versions=(version._replace(targets=targets),)),), CALENDARS)
    ticket = life(said("15:00", priority="P1 → P3"), priority="P1")
    told = explain(ticket, agreements, at("17:00"), "resolution")
    assert told.breach is not None
    assert told.breach.account is not None
    assert (told.account.elapsed, told.breach.account.elapsed) == (6 * HOUR + 45 * 60, 5 * HOUR + 45 * 60)
    assert [one.kind for one in told.breach.account.intervals] == ["running"]


def test_a_breach_just_before_its_priority_is_lowered_stands_at_the_very_moment_of_the_lowering() -> None:
    closed = OFFICE_POLICY.versions[0]
    targets = {"P1": Target(60, 60, "24x7"), "P3": Target(HOUR, 8 * HOUR)}
    agreements = Agreements((Policy("one", (closed._replace(targets=targets),)),), CALENDARS)
    ticket = life(said("20:00", priority="P1 → P3"), priority="P1", opened="19:00")
    assert explain(ticket, agreements, at("20:00"), "resolution").reading.breached


def test_a_policy_passed_over_says_whether_it_was_not_in_force_or_which_condition_failed() -> None:
    later = Policy("later", (PolicyVersion(date(2026, 2, 1), {}),))
    vip = Policy("vip", (PolicyVersion(date(2026, 1, 1), {}),), {"type": ("incident",), "tags": ("vip", "board")})
    last = Policy("last", DEFAULT_POLICY.versions)
    told = explain(life(), agreed(later, vip, DEFAULT_POLICY, last), at("10:00"), "resolution")
    assert [(one.policy.name, one.outcome) for one in told.considered] == [
        ("later", "not_in_force"),
        ("vip", "not_matched"),
        ("standard", "matched"),
        ("last", "not_reached"),
    ]
    assert [tuple(one) for one in told.considered[1].conditions] == [
        ("type", ("incident",), ("incident",), True),
        ("tags", ("vip", "board"), (), False),
    ]


def test_without_a_policy_all_time_is_told_and_nothing_promised() -> None:
    told = explain(life(), agreed(), at("10:00"), "resolution")
    assert (told.reading.verdict, told.warn, told.warn_at, told.due_at, told.breach) == ("none", None, None, None, None)
    assert told.account.elapsed == 45 * 60


def test_a_clock_that_was_met_says_when_it_would_have_been_due() -> None:
    ticket = life(said("10:00", state="new → resolved"))
    told = explain(ticket, DEFAULT, at("12:00"), "resolution")
    assert told.due_at == second_of(at("09:15", 16))
    assert told.warn_at == second_of(at("04:27", 16))
    assert told.reading.due is None


def test_a_clock_that_rests_has_no_marks_ahead() -> None:
    told = explain(life(said("10:00", state="new → pending", reason="user")), DEFAULT, at("12:00"), "resolution")
    assert (told.reading.verdict, told.warn_at, told.due_at) == ("paused", None, None)


def test_days_that_nobody_knows_leave_out_what_never_came_to_be() -> None:
    known = Calendars.of((OFFICE,), lambda _file: {2026: {}})
    eve = datetime(2026, 12, 31, 16, 0, tzinfo=WINTER)
    version = OFFICE_POLICY.versions[0]
    ticket = imported(
        eve, said(eve, state="new", priority="P3"), said(eve + timedelta(hours=1), state="new → resolved")
    )
    told = explain(ticket, Agreements((OFFICE_POLICY,), known), eve + timedelta(hours=2), "resolution")
    assert version.calendar == "office"
    assert (told.reading.verdict, told.due_at, told.account.elapsed) == ("met", None, HOUR)


def test_a_ticket_looked_at_in_the_second_of_its_opening_has_no_interval() -> None:
    told = explain(life(), DEFAULT, at("09:15"), "resolution")
    assert (told.account.intervals, told.account.sums, told.priorities) == ((), (), ())
    assert told.due_at == second_of(at("09:15", 16))


def test_the_moment_is_written_as_the_one_who_asks_writes_it() -> None:
    told = explain(life(), DEFAULT, at("09:16", 16).astimezone(UTC), "resolution")
    assert told.reading.breached_at == at("09:15", 16)
