"""`calendars`: opening hours in versions, closed days, days with hours of their own, and what is wrong with them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.domain.opening_hours import ALWAYS, DAY, WEEKDAYS, CalendarVersion, Days, OpeningHours, OwnHours, no_holidays
from tkt.domain.settings import Settings
from tkt.store.settings.settings import BadSettings, parse_settings, read_settings

H = 3600


def settings(text: str) -> Settings:
    return parse_settings("tkt.yaml", text.encode())


def version(said: str) -> CalendarVersion:
    (calendar,) = settings(f"calendars: {{office: [{{from: 2026-01-01, {said}}}]}}").calendars
    return calendar.versions[0]


def problem(said: str) -> str:
    """The only thing wrong with a version, without where it stands."""
    with pytest.raises(BadSettings) as caught:
        version(said)
    return str(caught.value).removeprefix("tkt.yaml:1: calendars.office[0]").removeprefix(".")


def test_a_calendar_is_read_with_all_that_it_may_say() -> None:
    text = """\
timezone: Europe/Paris
calendars:
  office:
    - from: 2025-01-01
      timezone: Asia/Kathmandu
      hours: 24x7
    - from: 2026-01-01
      hours: {mon-thu: ["08:30-12:30", "13:30-18:00"], fri: "08:30-12:30, 13:30-24:00"}
      holidays: FR
      closed: [2026-05-15, 2026-08-10..2026-08-14, 12-26..01-02 Fermeture de fin d'année]
      open: {12-24: ["08:30-12:00"], 2026-12-31: "08:30-12:00"}
      corrected: the lease said so
"""
    day, friday = ((30600, 45000), (48600, 64800)), ((30600, 45000), (48600, DAY))
    morning = ((30600, 12 * H),)
    new_year = Days(date(2000, 12, 26), date(2000, 1, 2), True, "Fermeture de fin d'année")
    may, august = date(2026, 5, 15), Days(date(2026, 8, 10), date(2026, 8, 14))
    assert settings(text).calendars == (
        OpeningHours(
            "office",
            (
                CalendarVersion(date(2025, 1, 1), ZoneInfo("Asia/Kathmandu"), ALWAYS),
                CalendarVersion(
                    date(2026, 1, 1),
                    ZoneInfo("Europe/Paris"),
                    (day, day, day, day, friday, (), ()),
                    ("FR",),
                    (Days(may, may), august, new_year),
                    (
                        OwnHours(Days(date(2026, 12, 31), date(2026, 12, 31)), morning),
                        OwnHours(Days(date(2000, 12, 24), date(2000, 12, 24), True), morning),
                    ),
                    "the lease said so",
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("days", "open_on"),
    [
        ("mon", "mon"),
        ("mon-thu", "mon tue wed thu"),
        ("sat-mon", "mon sat sun"),
        ('"mon,wed"', "mon wed"),
        ('"mon-tue, fri"', "mon tue fri"),
        ("wed-tue", "mon tue wed thu fri sat sun"),
    ],
)
def test_days_of_the_week_are_named_alone_in_ranges_and_in_lists(days: str, open_on: str) -> None:
    weekly = version(f"hours: {{{days}: 09:00-17:00}}").weekly
    assert [name for name, spans in zip(WEEKDAYS, weekly, strict=True) if spans] == open_on.split()


@pytest.mark.parametrize(
    ("said", "spans"),
    [
        ("00:00-24:00", ((0, DAY),)),
        ('"13:00-14:00, 08:00-09:00"', ((8 * H, 9 * H), (13 * H, 14 * H))),
        ('"08:00-12:00, 12:00-18:00"', ((8 * H, 18 * H),)),
        ('["08:00-12:00", "14:00-18:00, 20:00-21:00"]', ((8 * H, 12 * H), (14 * H, 18 * H), (20 * H, 21 * H))),
        ("22:00-06:00", ((22 * H, 30 * H),)),
        ("09:00-09:00", ((9 * H, 33 * H),)),
        ("22:00-00:00", ((22 * H, DAY),)),
        ("[]", ()),
    ],
)
def test_hours_are_spans_in_order_that_do_not_touch(said: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert version(f"hours: {{mon: {said}}}").weekly[0] == spans


@given(st.sets(st.integers(1, 24 * 60 - 1), min_size=2, max_size=12))
def test_spans_are_read_as_they_are_written_whatever_their_order(minutes: set[int]) -> None:
    edges = sorted(minutes)[: len(minutes) // 2 * 2]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    written = ", ".join(f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in reversed(spans))
    assert version(f'hours: {{sun: "{written}"}}').weekly[6] == tuple((a * 60, b * 60) for a, b in spans)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("holidays: FR", ": missing here: hours."),
        (
            "hours: always",
            "hours: “always” names no day. Write 24x7, or {mon-fri: 09:00-18:00}.",
        ),
        (
            "hours: [09:00-18:00]",
            "hours: lines “name: value” are expected here. Write “mon-fri: 09:00-18:00”.",
        ),
        (
            "hours: {monday: 09:00-18:00}",
            "hours.monday: “monday” is not a day of the week. Known: mon, tue, wed, thu, fri, sat, sun.",
        ),
        (
            "hours: {lun-ven: 09:00-18:00}",
            "hours.lun-ven: “lun” is not a day of the week. Known: mon, tue, wed, thu, fri, sat, sun.",
        ),
        ("hours: {mon-mon: 09:00-18:00}", "hours.mon-mon: “mon-mon” names a day twice. Name each day once."),
        (
            "hours: {mon-wed: 09:00-18:00, wed: 10:00-11:00}",
            "hours.wed: wed is named already, in “mon-wed”. Name each day once.",
        ),
        ("hours: {mon: }", "hours.mon: nothing is said here."),
        ("hours: {mon: 9-18}", "hours.mon: “9-18” is no span of hours. Write 08:30-12:30, up to 24:00."),
        ("hours: {mon: 24:00-06:00}", "hours.mon: “24:00-06:00” is no span of hours. Write 08:30-12:30, up to 24:00."),
        ("hours: {mon: 08:00-24:30}", "hours.mon: “08:00-24:30” is no span of hours. Write 08:30-12:30, up to 24:00."),
        (
            "hours: {mon: 00:00-00:00}",
            "hours.mon: “00:00-00:00” can be read in two ways. Write 00:00-24:00 for a whole day.",
        ),
        (
            'hours: {mon: "09:00-12:00, 11:59-18:00"}',
            "hours.mon: 09:00-12:00 and 11:59-18:00 overlap. Let one begin when the other has ended.",
        ),
        (
            'hours: {mon: "22:00-06:00, 23:00-23:30"}',
            "hours.mon: 22:00-06:00 and 23:00-23:30 overlap. Let one begin when the other has ended.",
        ),
        (
            "hours: {mon: 22:00-06:00, tue: 05:59-12:00}",
            "hours.mon: 22:00-06:00 runs into the hours of tue, which begin at 05:59. "
            "Let it end at 05:59 at the latest.",
        ),
        (
            "hours: {sun: 22:00-06:00, mon: 00:00-12:00}",
            "hours.sun: 22:00-06:00 runs into the hours of mon, which begin at 00:00. "
            "Let it end at 00:00 at the latest.",
        ),
        ("hours: 24x7, timezone: Europe/Pari", "timezone: “Europe/Pari” is not a known time zone. {near}"),
        ("hours: 24x7, holidays: fr-57", "holidays: “fr-57” is not the code of a country or region. {near}"),
        (
            "hours: 24x7, holidays: [../../etc/passwd]",
            "holidays[0]: “../../etc/passwd” is not the code of a country or region. Write FR, or FR-57.",
        ),
        ("hours: 24x7, closed: [2026-02-30]", "closed[0]: “2026-02-30” does not begin with a day or days. {near}"),
        ("hours: 24x7, closed: [02-30]", "closed[0]: “02-30” does not begin with a day or days. {near}"),
        ("hours: 24x7, closed: [2026-01-01..01-05]", "closed[0]: “2026-01-01..01-05” does not begin with {near}"),
        (
            "hours: 24x7, closed: [2026-01-05..2026-01-01 x]",
            "closed[0]: “2026-01-05..2026-01-01”: the last day is before the first. Put the earlier one first.",
        ),
        (
            "hours: 24x7, open: {2026-12-31: []}",
            "open.2026-12-31: no hours are given. Write a day without hours under “closed”.",
        ),
        (
            "hours: 24x7, open: {12-24..01-02: 09:00-10:00, 01-01: 09:00-11:00}",
            "open.01-01: a day of it is named already, in “12-24..01-02”. Name each day once.",
        ),
        ("hours: 24x7, hollidays: FR", "hollidays: there is no such key. Did you mean holidays?"),
        ("hours: 24x7, corrected: [a]", "corrected: a single text is expected here."),
    ],
)
def test_a_mistake_says_where_it_is_and_how_to_mend_it(said: str, told: str) -> None:
    start, near, _rest = told.partition("{near}")
    found = problem(said)
    assert found.startswith(start) if near else found == told


def test_a_night_shift_may_end_as_the_next_day_begins() -> None:
    assert version("hours: {mon-sun: 22:00-22:00}").weekly == (((22 * H, 46 * H),),) * 7


def test_the_29_february_is_a_day_of_every_year() -> None:
    (day,) = version("hours: 24x7, closed: [02-29 Jour de trop]").closed
    assert (day.name, day.holds(date(2028, 2, 29)), day.holds(date(2028, 3, 1))) == ("Jour de trop", True, False)


@pytest.mark.parametrize("name", ["24x7", "-x", '" x"', "''", '"a\\e[2J"', "x" * 61])
def test_a_name_that_could_not_be_called_is_refused(name: str) -> None:
    with pytest.raises(BadSettings):
        settings(f"calendars: {{{name}: [{{from: 2026-01-01, hours: 24x7}}]}}")


def test_everything_wrong_with_a_calendar_is_said_at_once_with_its_line() -> None:
    text = """\
calendars:
  a:
    - from: 2026-01-01
      hours: {mo: 9}
      closed: [x]
    - hours: 24x7
  24x7: []
"""
    with pytest.raises(BadSettings) as caught:
        settings(text)
    assert [one.line for one in caught.value.problems] == [4, 4, 5, 6, 7, 7]


def test_versions_stand_oldest_first() -> None:
    with pytest.raises(BadSettings, match="Put the oldest first"):
        settings("calendars: {a: [{from: 2026-02-01, hours: 24x7}, {from: 2026-01-01, hours: 24x7}]}")


def test_holidays_are_read_from_beside_the_settings_and_only_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "tkt.yaml").write_text("calendars: {a: [{from: 2026-01-01, hours: 24x7, holidays: FR}]}")
    read = read_settings(tmp_path / "tkt.yaml")
    (tmp_path / "holidays").mkdir()
    (tmp_path / "holidays" / "FR.yaml").write_text("years: {2026: {2026-12-25: Noël}}", encoding="utf-8")
    assert read.holidays("FR") == {2026: {date(2026, 12, 25): "Noël"}}
    (tmp_path / "holidays" / "FR.yaml").unlink()
    assert read.holidays("FR"), "a file is read once"


def test_settings_of_another_time_know_no_holidays_unless_they_are_handed_in() -> None:
    assert settings("").holidays is no_holidays
    assert parse_settings("tkt.yaml", b"", lambda _name: {2026: {}}).holidays("FR") == {2026: {}}


def test_a_desk_without_calendars_olas_and_rules_does_not_load_what_reads_them(tmp_path: Path) -> None:
    (tmp_path / "tkt.yaml").write_text(
        "calendars:\nsla: [{name: s, versions: [{from: 2026-01-01, targets: {}}]}]\nola: []\nescalation: []\n"
    )
    line = (
        "import sys; from pathlib import Path; from tkt.store.settings.settings import read_settings; "
        "from tkt.service_level.agreements import Agreements; Agreements.of(read_settings(Path(sys.argv[1]))); "
        "print(*(one for one in sys.modules if one.startswith('tkt.')))"
    )
    told = subprocess.run(
        [sys.executable, "-c", line, str(tmp_path / "tkt.yaml")], capture_output=True, text=True, check=True
    )
    loaded = set(told.stdout.split())
    assert "tkt.store.settings.policies" in loaded
    assert not {f"tkt.store.settings.{one}" for one in ("calendars", "hours", "holidays_file", "ola")} & loaded
    assert not {"tkt.store.settings.escalation", "tkt.domain.escalation"} & loaded
    assert not {f"tkt.service_level.business.{one}" for one in ("open_days", "open_year")} & loaded
