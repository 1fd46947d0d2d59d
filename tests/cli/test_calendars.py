"""`tkt calendar`: when the desk is open, why it is not, and the committed files of its public holidays."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor

OFFICE = """\
    - from: 2026-01-01
      hours: {mon-thu: ["08:30-12:30", "13:30-18:00"], fri: "08:30-12:30, 13:30-24:00", sat: 22:00-06:00}
      holidays: FR
      closed: [2026-05-15, 12-26..01-02 Fermeture de fin d'année]
      open: {2026-12-31: "08:30-12:00"}
"""
FILE = "holidays/FR.yaml"


@pytest.fixture
def office(tkt: FrontDoor) -> FrontDoor:
    """The desk with a calendar, whose holidays nobody has written yet."""
    tkt.setting("calendar: office", f"calendars:\n  office:\n{OFFICE}")
    return tkt


@pytest.fixture
def known(office: FrontDoor) -> FrontDoor:
    """The same with the holidays of this year and the next."""
    office("calendar", "holidays", "FR", "2026..2027")
    return office


def days(tkt: FrontDoor, *arguments: str) -> dict[str, tuple[list[list[str]], int, str, str | None]]:
    """What `tkt calendar show` says of each day."""
    said = tkt("calendar", "show", *arguments, "--json").json["days"]
    return {one["date"]: (one["hours"], one["seconds"], one["kind"], one["name"]) for one in said}


def test_the_holidays_of_several_years_are_written_and_committed_alone(office: FrontDoor) -> None:
    (office.root / "people.csv").write_text("name\nSomebody ELSE\n")
    before = office.commits()
    said = office("calendar", "holidays", "FR", "2026..2028")
    assert "2026-12-25 Fri  Christmas Day" in said.lines
    assert said.err.startswith(f"{FILE}: 2026, 2027, 2028 written, from holidays ")
    assert (office.commits(), office.subject()) == (before + 1, "tkt calendar holidays FR: 2026, 2027, 2028")
    assert office.git("show", "--name-only", "--format=").split() == [FILE]
    assert office.trailers() == [("Clock", "frozen")]


def test_years_are_added_and_those_that_stand_there_are_not_changed_unless_forced(known: FrontDoor) -> None:
    path = known.root / FILE
    path.write_text(path.read_text().replace("Labor Day", "May Day", 1).replace("years:", "# ours\nyears:"))
    known.commit("by hand")

    said = known("calendar", "holidays", "FR", "2026..2028")
    assert [line[:4] for line in said.lines] == ["2028"] * len(said.lines) and said.lines
    assert "2026 stands there otherwise than in holidays" in said.err and "2027" not in said.err
    assert "May Day" in path.read_text()

    before = path.read_bytes()
    said = known("calendar", "holidays", "FR", "2026..2028")
    assert (said.out, path.read_bytes()) == ("", before)

    said = known("calendar", "holidays", "FR", "2026..2028", "--force")
    assert known.subject() == "tkt calendar holidays FR: 2026"
    assert "May Day" not in path.read_text() and "# ours\n" in path.read_text()

    commits = known.commits()
    assert "nothing to do" in known("calendar", "holidays", "FR", "2026", "--force").err
    assert known.commits() == commits


def test_a_part_of_a_country_has_a_file_of_its_own_in_the_language_that_is_spoken(office: FrontDoor) -> None:
    office("calendar", "holidays", "FR-57", "2026", "--lang", "fr")
    text = (office.root / "holidays" / "FR-57.yaml").read_text(encoding="utf-8")
    assert "Vendredi saint" in text and "region: FR-57\n" in text


def test_the_days_have_names_in_the_language_of_the_desk(office: FrontDoor) -> None:
    office.setting("language: fr")
    office("calendar", "holidays", "FR", "2026")
    assert "2026-12-25: Noël\n" in (office.root / FILE).read_text(encoding="utf-8")


def test_without_a_commit_the_file_is_written_all_the_same(office: FrontDoor) -> None:
    before = office.commits()
    office("calendar", "holidays", "FR", "2026", "--no-commit")
    assert (office.commits(), (office.root / FILE).exists()) == (before, True)


def test_a_file_with_changes_that_no_commit_has_is_left_alone(known: FrontDoor) -> None:
    path = known.root / FILE
    path.write_text(path.read_text() + "# not yet\n")
    before = path.read_bytes()
    known("calendar", "holidays", "FR", "2028", code=3)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("ZZ", "2026"), 4, "“ZZ” is no country or region whose holidays are known."),
        (("fr", "2026"), 4, "Did you mean FR?"),
        (("../../FR", "2026"), 4, "is no country or region"),
        (("FR-98", "2026"), 4, "“98” is no part of FR"),
        (("FR", "26"), 2, "“26” names no years: write 2026, or 2026..2028."),
        (("FR", "2026-2028"), 2, "names no years"),
        (("FR", "2028..2026"), 2, "the last year is before the first"),
        (("FR", "2026..2076"), 2, "more than 50 years at once"),
        (("FR", "2090..2101"), 2, "The holidays of FR are known from 1803 to 2100."),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is(
    office: FrontDoor, arguments: tuple[str, str], code: int, told: str
) -> None:
    assert told in office("calendar", "holidays", *arguments, code=code).err
    assert not (office.root / "holidays").exists()


def test_each_day_says_when_it_is_open_how_long_and_why_not(known: FrontDoor) -> None:
    shown = days(known, "office", "--from", "2026-12-24", "--to", "2027-01-04")
    day = [["08:30", "12:30"], ["13:30", "18:00"]]
    assert shown["2026-12-24"] == (day, 30600, "week", None)
    assert shown["2026-12-25"] == ([], 0, "holiday", "Christmas Day")
    assert shown["2026-12-26"] == ([], 0, "closed", "Fermeture de fin d'année")
    assert shown["2026-12-31"] == ([["08:30", "12:00"]], 12600, "own", None)
    assert shown["2027-01-03"] == ([], 0, "week", None), "the night shift of a closed day does not begin"
    assert list(shown)[-1] == "2027-01-03"


def test_a_night_shift_ends_on_the_next_day_and_the_clocks_going_back_makes_it_longer(known: FrontDoor) -> None:
    night = days(known, "office", "--from", "2026-10-24", "--to", "2026-10-26")
    assert night["2026-10-24"] == ([["22:00", "24:00"]], 7200, "week", None)
    assert night["2026-10-25"] == ([["00:00", "06:00"]], 7 * 3600, "week", None)


def test_the_current_month_is_shown_by_default_as_a_table_with_its_sum(known: FrontDoor, clock: Clock) -> None:
    clock("2026-05-15T10:00:00+02:00")
    shown = known("calendar", "show", "office", "--format", "tsv")
    assert len(shown.lines) == 32
    assert "2026-05-14\tThu\t\t0\tAscension Day" in shown.lines
    assert "2026-05-15\tFri\t\t0\tclosed" in shown.lines
    assert "of 31, " in shown.err
    assert known("calendar", "show", "office", "--month", "this", "--format", "tsv").out == shown.out


def test_round_the_clock_is_a_calendar_too(tkt: FrontDoor) -> None:
    shown = days(tkt, "24x7", "--month", "2026-03")
    assert {seconds for _hours, seconds, _kind, _name in shown.values()} == {24 * 3600, 23 * 3600}
    assert shown["2026-03-29"][1] == 23 * 3600


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("ofice",), 4, "“ofice” is no calendar of this desk. Did you mean office?"),
        (("office", "--month", "2028-01"), 5, "`tkt calendar holidays FR 2028`"),
        (("office", "--from", "2025-12-30"), 3, "The calendar office begins on 2026-01-01"),
        (("office", "--from", "2026-02-01", "--to", "2026-02-01"), 2, "2026-02-01 is not after 2026-02-01."),
        (("office", "--month", "this", "--from", "2026-02-01"), 2, "give only one of them"),
        (("office", "--month", "may"), 2, "is no month"),
    ],
)
def test_days_that_cannot_be_told_are_refused(
    known: FrontDoor, arguments: tuple[str, ...], code: int, told: str
) -> None:
    assert told in known("calendar", "show", *arguments, code=code).err


def test_a_year_whose_holidays_are_not_known_is_not_needed_for_the_day_before_it(known: FrontDoor) -> None:
    assert days(known, "office", "--from", "2027-12-01", "--to", "2028-01-01")["2027-12-23"][1] == 30600


def test_the_list_has_every_version_and_the_days_closed_next(known: FrontDoor, clock: Clock) -> None:
    clock("2026-12-20T10:00:00+01:00")
    (calendar,) = known("calendar", "list", "--json").json["calendars"]
    assert (calendar["name"], calendar["business_days"]) == ("office", True)
    assert [one["date"] for one in calendar["closed_next"]] == ["2026-12-25", "2026-12-26", "2026-12-27"]
    (line,) = known("calendar", "list", "--format", "tsv").lines[1:]
    assert line.split("\t")[:3] == ["office (business days)", "2026-01-01", "Europe/Paris"]
    assert "2026-12-25 Christmas Day" in line


def test_the_list_says_which_file_is_missing_and_shows_the_rest(office: FrontDoor) -> None:
    said = office("calendar", "list")
    assert "Mon-Thu 08:30-12:30, 13:30-18:00" in said.out
    assert "`tkt calendar holidays FR 2026..2028`" in said.err


def test_a_desk_without_calendars_says_so(tkt: FrontDoor) -> None:
    assert tkt("calendar", "list", "--json").json["calendars"] == []
    assert "round the clock (24x7)" in tkt("calendar", "list").err


def test_a_holiday_is_shown_safely_whatever_its_name_holds(known: FrontDoor) -> None:
    path = known.root / FILE
    path.write_text(path.read_text().replace("Christmas Day", '"=cmd()|x\\u202e"', 1))
    known.commit("by hand")
    shown = known("calendar", "show", "office", "--month", "2026-12", "--format", "csv").out
    assert "\u202e" not in shown and "\n2026-12-25,Fri,,0,=cmd" not in shown


def test_a_file_of_holidays_that_is_wrong_says_on_which_line(known: FrontDoor) -> None:
    path = known.root / FILE
    path.write_text(path.read_text().replace("2026-12-25", "2026-12-32", 1))
    said = known("calendar", "show", "office", code=5)
    assert f"{FILE}:15: years.2026.2026-12-32: “2026-12-32” is not a date." in said.err


def test_without_the_holidays_a_ticket_is_shown_and_listed_and_only_its_clocks_are_not_told(tkt: FrontDoor) -> None:
    tkt("new", "Outlook refuse tout envoi externe", "-r", "Marie MARTIN")
    targets = "P3: {response: 2h, resolution: 24h}, P4: {response: 4h, resolution: 48h}"
    policy = f"  - {{name: o, versions: [{{from: 2026-01-01, calendar: office, targets: {{{targets}}}}}]}}"
    settings = f"format: 1\nlanguage: en\ntimezone: Europe/Paris\ncalendars:\n  office:\n{OFFICE}sla:\n{policy}\n"
    (tkt.root / "tkt.yaml").write_text(settings)
    tkt.commit("settings")
    cure = "Clocks that cannot be told: holidays/FR.yaml is not there"
    for line in (("show", "1"), ("list",), ("list", "--json"), ("show", "1", "--json")):
        answer = tkt(*line)
        assert "Outlook refuse tout envoi externe" in answer.out and cure in answer.err, line
    assert tkt("show", "1", "--json").json["ticket"]["clocks"] is None
    assert cure in tkt("take").err
    assert "holidays/FR.yaml is not there" in tkt("sla", "status", code=5).err
