"""The past of promises against the present: laws that hold for any course of changes."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.opening_hours import ALWAYS, CalendarVersion, Days, OpeningHours
from tkt.domain.past_promises import Change, rewritten
from tkt.domain.policies import ANY_TICKET, Policy, PolicyVersion, Target
from tkt.domain.promises import Facts, Promises, RegionDays, facts_of
from tkt.domain.settings import Settings

FIRST = date(2026, 1, 1)
ZONE = Settings().timezone
DAYS = st.integers(0, 60).map(lambda days: FIRST + timedelta(days=days))
VERSIONS = st.lists(
    st.tuples(DAYS, st.sampled_from([3600, 7200])), min_size=1, max_size=3, unique_by=lambda version: version[0]
)


def facts(
    versions: list[tuple[date, int]], closed: list[date], holidays: list[date], corrected: str = "", name: str = "all"
) -> Facts:
    """What settings of one policy, one calendar and one region say."""
    made = tuple(
        PolicyVersion(since, {"P1": Target(None, seconds)}, corrected=corrected) for since, seconds in sorted(versions)
    )
    days = tuple(Days(day, day) for day in closed)
    calendar = OpeningHours("office", (CalendarVersion(FIRST, ZONE, ALWAYS, closed=days, corrected=corrected),))
    years = {2026: dict.fromkeys(holidays, "")}
    policy = Policy(name, made, ANY_TICKET)
    return facts_of(Promises((policy,), (), (calendar,), {"FR": RegionDays(years, corrected)}))


STATES = st.builds(facts, VERSIONS, st.lists(DAYS, max_size=3), st.lists(DAYS, max_size=3))
COURSES = st.lists(st.tuples(DAYS, STATES), min_size=1, max_size=5)


def changes(course: list[tuple[date, Facts]]) -> list[Change]:
    """The same as commits, one after the other."""
    days = sorted(day for day, _state in course)
    states = [state for _day, state in course]
    return [
        Change(day, f"c{number}", states[number - 1 : number] if number else [], state)
        for number, (day, state) in enumerate(zip(days, states, strict=True))
    ]


@given(COURSES)
def test_settings_that_nobody_touched_rewrite_nothing(course: list[tuple[date, Facts]]) -> None:
    (only, *_others) = changes(course)
    assert list(rewritten([only], only.after, only.day + timedelta(days=30), "head")) == []


@given(COURSES, STATES, DAYS)
def test_what_is_found_is_cured_by_putting_it_back(course: list[tuple[date, Facts]], now: Facts, today: date) -> None:
    """Whatever was done since: to have each fact found as it was is to have nothing found of it."""
    past = changes(course)
    today = max(today, past[-1].day)
    found = list(rewritten(past, now, today, "head"))
    cured = {**now, **{one.key: one.was for one in found if one.was.value is not None}}
    for one in found:
        if one.was.value is None:
            cured = {key: fact for key, fact in cured.items() if (key.name, key.since) != (one.key.name, one.key.since)}
    assert list(rewritten(past, cured, today, "head")) == []


@given(COURSES, STATES, DAYS)
def test_a_new_reason_cures_whatever_is_still_there(course: list[tuple[date, Facts]], now: Facts, today: date) -> None:
    past = changes(course)
    explained = {key: fact._replace(corrected="agreed") for key, fact in now.items()}
    assert list(rewritten(past, explained, max(today, past[-1].day), "head")) == []


@given(VERSIONS, VERSIONS, DAYS)
def test_the_version_of_every_day_that_has_passed_is_the_one_that_it_had(
    before: list[tuple[date, int]], after: list[tuple[date, int]], today: date
) -> None:
    """Held against the slow way: look up, for each day, which version was in force."""
    old, new = facts(before, [], []), facts(after, [], [])
    found = list(rewritten([Change(today, "", [], old)], new, today, "head"))

    def in_force(versions: list[tuple[date, int]], day: date) -> int | None:
        return next((seconds for since, seconds in sorted(versions, reverse=True) if since <= day), None)

    days = [FIRST + timedelta(days=number) for number in range((today - FIRST).days)]
    if any(in_force(before, day) != in_force(after, day) for day in days):
        assert found
    if all(version in after for version in before) and all(since >= today for since, _ in set(after) - set(before)):
        assert not found


def test_two_beginnings_are_two_clones_of_one_past() -> None:
    """A clone that does not have all of the past begins in several commits; none of them changed what another says."""
    one, two = facts([(FIRST, 3600)], [], []), facts([(FIRST, 3600)], [], [], name="other")
    both = {**one, **two}
    past = [Change(FIRST, "", [], one), Change(FIRST, "", [], two)]
    order = {key: fact for key, fact in one.items() if key.kind == "order"}
    assert list(rewritten(past, {**both, **order}, FIRST + timedelta(days=9), "head")) == []
