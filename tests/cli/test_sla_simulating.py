"""sla simulate: the desk's history under another settings file, and nothing written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import Answer, FrontDoor

STRICT = """\
sla:
  - name: strict
    versions:
      - from: 2026-01-01
        targets: {P3: {response: 10m, resolution: 14m}}
"""
OFFICE = """\
calendars:
  office:
    - from: 2026-01-01
      hours: {mon-fri: "09:00-18:00"}
      holidays: FR
sla:
  - name: office
    versions:
      - from: 2026-01-01
        calendar: office
        targets: {P3: {response: 1h, resolution: 2h}}
"""
HOLIDAYS = 'years: {{2026: {{2026-01-01: "Jour de l\'an", {day}: Fermé}}}}\n'


def other(tkt: FrontDoor, text: str, name: str = "other.yaml") -> Path:
    """Another settings file, which is no part of the desk."""
    path = tkt.root.parent / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def holidays(folder: Path, day: str) -> None:
    (folder / "holidays").mkdir(exist_ok=True)
    (folder / "holidays" / "FR.yaml").write_text(HOLIDAYS.format(day=day), encoding="utf-8")


def simulated(tkt: FrontDoor, text: str, *options: str, code: int = 0) -> Answer:
    """What a simulation by that file prints; it leaves no trace."""
    path = other(tkt, text)
    with tkt.untouched():
        return tkt("sla", "simulate", "--settings", str(path), *options, code=code)


def turned(answer: Answer) -> list[tuple[str, str, str, str]]:
    tickets = answer.json["tickets"]
    return [(one["id"], one["clock"], one["before"]["verdict"], one["after"]["verdict"]) for one in tickets]


def test_other_policies_are_held_against_the_desks_own_and_nothing_is_written(lives: FrontDoor) -> None:
    answer = simulated(lives, STRICT, "--json")
    document = answer.json

    assert document["compared"] == 7
    assert [document["compliance"][0][side] for side in ("before", "after")] == [
        {"value": 1, "met": 2, "judged": 2},
        {"value": 0, "met": 0, "judged": 2},
    ]
    assert document["breached"]["resolved"] == {"before": 0, "after": 2}
    assert (IN_STATE["closed"], "resolution", "met", "breached") in turned(answer)
    assert document["differing"] == len(turned(answer)) == sum(one["count"] for one in document["changes"])
    assert answer.err == ""


def test_the_desks_own_settings_differ_nowhere(lives: FrontDoor) -> None:
    own = (lives.root / "tkt.yaml").read_text(encoding="utf-8")
    document = simulated(lives, own, "--json").json
    assert (document["differing"], document["tickets"], document["changes"]) == (0, [], [])
    assert all(line["before"] == line["after"] for line in document["compliance"])
    assert "No verdict differs." in simulated(lives, own).out


def test_a_report_names_the_file_as_it_was_named(lives: FrontDoor) -> None:
    other(lives, STRICT)
    out = lives("sla", "simulate", "--settings", "../other.yaml").out
    assert "../other.yaml" in out and "tkt.yaml" in out and IN_STATE["resolved"] in out


@pytest.mark.parametrize("format", ["table", "plain", "markdown", "csv", "tsv", "html"])
def test_it_is_written_in_six_forms(lives: FrontDoor, format: str) -> None:
    assert IN_STATE["resolved"] in simulated(lives, STRICT, "--format", format).out


def test_a_limit_cuts_the_list_and_says_so(lives: FrontDoor) -> None:
    every = turned(simulated(lives, STRICT, "--json"))
    answer = simulated(lives, STRICT, "--limit", "3", "--format", "csv")
    assert len(list(csv.reader(io.StringIO(answer.out)))) == 1 + 3
    assert f"3 of {len(every)} verdicts; --limit 0 shows all." in answer.err
    short = simulated(lives, STRICT, "--limit", "1", "--json").json
    assert (len(short["tickets"]), short["differing"]) == (1, len(every))


def test_the_period_and_the_types_are_those_of_the_figures(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-02-10T09:00:00+01:00")
    january = simulated(lives, STRICT, "--month", "last", "--json").json
    assert january["period"]["to"] == "2026-02-01T00:00:00+01:00"
    assert january["compliance"][0]["before"]["judged"] == 2
    assert simulated(lives, STRICT, "--json").json["compliance"][0]["before"]["judged"] == 0
    assert simulated(lives, STRICT, "--all", "--type", "problem", "--json").json["compared"] == 0
    path = str(other(lives, STRICT))
    assert "give only one" in lives.refuses("sla", "simulate", "--settings", path, "--all", "--month", "last", code=2)


def test_tickets_older_than_the_other_policies_are_counted_apart_with_the_way_out(lives: FrontDoor) -> None:
    answer = simulated(lives, STRICT.replace("2026-01-01", "2026-01-16"), "--json")
    assert (answer.json["compared"], answer.json["too_old"], answer.json["tickets"]) == (0, 7, [])
    told = simulated(lives, STRICT.replace("2026-01-01", "2026-01-16")).err
    assert "7 tickets are left out" in told and "earlier “from”" in told


# The other file


def test_holidays_are_those_beside_the_other_file_or_else_the_desks(lives: FrontDoor) -> None:
    """Everything was done on the 15th: on a holiday nothing of it took any time."""
    tight = OFFICE.replace("response: 1h, resolution: 2h", "response: 10m, resolution: 14m")
    holidays(lives.root, "2026-01-15")
    lives.commit("holidays")
    assert simulated(lives, tight, "--json").json["breached"]["resolved"] == {"before": 0, "after": 0}

    holidays(lives.root.parent, "2026-01-14")
    assert simulated(lives, tight, "--json").json["breached"]["resolved"] == {"before": 0, "after": 2}


def test_a_file_of_holidays_that_is_nowhere_is_named(lives: FrontDoor) -> None:
    assert "holidays/FR.yaml" in simulated(lives, OFFICE, code=5).err


def test_the_desks_zone_counts_where_the_other_file_names_none(tkt: FrontDoor, clock: Clock) -> None:
    """09:15 in Paris is 08:15 in London: a calendar that opens at 09:00 has counted nothing by 09:45."""
    tkt.setting("timezone: Europe/London")
    tkt("new", "Écran noir", "-r", "Marie MARTIN", "--priority", "P3")
    clock("2026-01-15T09:45:00+01:00")
    office = OFFICE.replace("      holidays: FR\n", "").replace("response: 1h", "response: 20m")
    assert simulated(tkt, office, "--json").json["differing"] == 0
    paris = "timezone: Europe/Paris\n" + office
    assert [one[-1] for one in turned(simulated(tkt, paris, "--json"))] == ["breached"]


def test_bad_settings_are_reported_line_by_line_as_the_desks_own_are(lives: FrontDoor) -> None:
    bad = STRICT.replace("strict", "strict\n    whem: {}").replace("10m", "10d")
    answer = simulated(lives, bad, code=5)
    assert answer.out == ""
    lines = answer.err.splitlines()
    assert len(lines) == 2
    assert "other.yaml:3:" in lines[0] and "when" in lines[0]
    assert "other.yaml:6:" in lines[1] and "240h" in lines[1]


@pytest.mark.parametrize(
    ("arguments", "said", "code"),
    [
        (("--settings", "nowhere.yaml"), "nowhere.yaml is not there", 5),
        (("--settings", "tickets"), "directory", 5),
        (("--settings", "x" * 300), "is not there", 5),
        (("--settings", "tkt.yaml", "--month", "janvier"), "is no month", 2),
        (("--settings", "tkt.yaml", "--format", "pdf"), "is not a table format", 2),
    ],
)
def test_what_cannot_be_done_is_one_line(lives: FrontDoor, arguments: tuple[str, ...], said: str, code: int) -> None:
    assert said in lives.refuses("sla", "simulate", *arguments, code=code)


def test_without_other_settings_there_is_nothing_to_simulate(lives: FrontDoor) -> None:
    assert "--settings" in lives("sla", "simulate", code=2).err


def test_an_unreadable_ticket_is_told_beside_the_figures(lives: FrontDoor) -> None:
    lives.put("INC0000001", b"rien")
    answer = simulated(lives, STRICT, "--json")
    assert "INC0000001.md:1" in answer.err
    assert answer.json["compared"] == 6


def test_a_name_of_the_other_file_does_not_act_on_a_terminal(lives: FrontDoor) -> None:
    path = other(lives, STRICT, "oth\x1b[2Jer.yaml")
    out = lives("sla", "simulate", "--settings", str(path)).out
    assert "\x1b" not in out
    assert "\\u001b" in lives("sla", "simulate", "--settings", str(path), "--json").out
    assert json.loads(lives("sla", "simulate", "--settings", str(path), "--json").out)["settings"]["after"] == str(path)
