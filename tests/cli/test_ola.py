"""OLAs at the front door: shown beside the SLA, checked where that is asked, counted in the figures."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import pytest

from tests.cli.conftest import Clock
from tests.cli.front_door import FrontDoor

OLAS = (
    "ola: [{name: messaging, group: Messagerie, versions: [{from: 2026-01-01, targets: {P3: 2h}}]},"
    " {name: second line, level: N2, versions: [{from: 2026-01-01, targets: {P3: 4h}}]}]"
)


def at(clock: str) -> str:
    return f"2026-01-15T{clock}:00+01:00"


@pytest.fixture
def handed(tkt: FrontDoor, ticket: str, clock: Clock) -> str:
    """A ticket that Messagerie (N2) has had since 09:30, on a desk with OLAs for both; it is 10:30."""
    tkt.setting(OLAS)
    clock(at("09:30"))
    tkt("assign", ticket, "--to", "Pierre MARTIN")
    tkt("log", ticket, "--public", "Nous regardons.")
    clock(at("10:30"))
    return ticket


@pytest.fixture
def too_long(tkt: FrontDoor, handed: str, clock: Clock) -> str:
    """The same, handed on at 12:30: an hour too late. It is 13:00."""
    clock(at("12:30"))
    tkt("assign", handed, "--to", "Paula MARTINEZ")
    clock(at("13:00"))
    return handed


def sheet(tkt: FrontDoor, ticket: str) -> list[str]:
    return [line for line in tkt("show", ticket).lines if line.startswith("OLA:")]


def test_the_sheet_shows_what_runs_beside_the_sla(tkt: FrontDoor, handed: str) -> None:
    assert sheet(tkt, handed) == [
        "OLA: Messagerie 1h / 2h (running, due 2026-01-15 11:30, in 1h)",
        "OLA: N2 1h / 4h (running, due 2026-01-15 13:30, in 3h)",
    ]


def test_the_sheet_keeps_what_was_too_long_and_drops_what_was_met(tkt: FrontDoor, too_long: str, clock: Clock) -> None:
    assert sheet(tkt, too_long)[0] == ("OLA: Messagerie 3h / 2h (breached, from 2026-01-15 09:30 to 2026-01-15 12:30)")
    tkt("resolve", too_long, "--cause", "unknown", "--action", "redémarrage")
    assert len(sheet(tkt, too_long)) == 1


def test_a_desk_without_olas_shows_none(tkt: FrontDoor, ticket: str) -> None:
    assert sheet(tkt, ticket) == []
    assert tkt.ticket(ticket)["ola"] == []
    assert "OLA" not in tkt("sla", "status").out


def test_json_has_every_holding(tkt: FrontDoor, too_long: str) -> None:
    messaging, second_line = tkt.ticket(too_long)["ola"]
    assert (messaging["ola"], messaging["key"], messaging["holder"]) == ("messaging", "group", "Messagerie")
    assert (messaging["since"], messaging["until"]) == (at("09:30"), at("12:30"))
    assert (messaging["clock"]["verdict"], messaging["clock"]["breached_at"]) == ("breached", at("11:30"))
    assert (second_line["holder"], second_line["until"], second_line["clock"]["policy"]) == ("N2", None, "second line")
    for command in ("status", "check"):
        assert tkt("sla", command, "--json").json["tickets"][0]["ola"] == [messaging, second_line]


def test_status_shows_them_beside_both_clocks(tkt: FrontDoor, too_long: str) -> None:
    assert "breached by 1h (Messagerie) | at risk, 30 min left (N2)" in tkt("sla", "status").out
    rows = list(csv.DictReader(io.StringIO(tkt("sla", "status", "--format", "csv").out)))
    assert [(row["Clock"], row["Policy"]) for row in rows[2:]] == [
        ("OLA Messagerie", "messaging"),
        ("OLA N2", "second line"),
    ]


def test_a_breached_ola_fails_a_check_only_where_that_is_asked(tkt: FrontDoor, too_long: str) -> None:
    assert tkt("sla", "check").out == ""
    answer = tkt("sla", "check", "--ola", code=1)
    (line,) = answer.lines
    assert line.startswith(f"{too_long}: P3 OLA Messagerie 3h / 2h (breached, 1h over target, since 2026-01-15 11:30)")
    assert answer.err == "0 tickets of 1 breached. 1 OLA breached.\n"


def test_an_ola_at_risk_counts_with_those_at_risk(tkt: FrontDoor, handed: str, clock: Clock) -> None:
    clock(at("11:20"))
    assert tkt("sla", "check", "--ola").out == ""
    answer = tkt("sla", "check", "--ola", "--fail-on", "at_risk", code=1)
    assert [line.split(" (")[0] for line in answer.lines] == [f"{handed}: P3 OLA Messagerie 1h50 / 2h"]
    assert answer.err.endswith("0 OLAs breached. 1 OLA at risk.\n")


def test_hosting_sites_are_told_and_tell_each_time_that_a_group_had_it_apart(
    tkt: FrontDoor, too_long: str, clock: Clock
) -> None:
    assert (
        f"title={too_long}%3A OLA Messagerie breached::"
        in tkt("sla", "check", "--ola", "--format", "github", code=1).out
    )
    clock(at("13:10"))
    tkt("assign", too_long, "--to", "Pierre MARTIN")
    clock(at("16:00"))
    found = [one for one in gitlab(tkt) if "OLA Messagerie" in one["description"]]
    assert [one["check_name"] for one in found] == ["sla-holding-breached"] * 2
    assert len({one["fingerprint"] for one in found}) == 2
    clock(at("16:30"))
    later = [one for one in gitlab(tkt) if "OLA Messagerie" in one["description"]]
    assert [one["fingerprint"] for one in later] == [one["fingerprint"] for one in found]


def gitlab(tkt: FrontDoor) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(tkt("sla", "check", "--ola", "--format", "gitlab", code=1).out)
    return found


def test_the_name_of_a_group_smuggles_nothing_into_a_log(tkt: FrontDoor, ticket: str, clock: Clock) -> None:
    path = tkt.root / "tkt.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("group: Support", 'group: "::error::x,%0A"'), encoding="utf-8"
    )
    tkt.setting('ola: [{name: all, group: "*", versions: [{from: 2026-01-01, targets: {P3: 1h}}]}]')
    tkt("assign", ticket, "--to", "Jean DUPONT")
    tkt("log", ticket, "--public", "Nous regardons.")
    clock(at("12:00"))
    answer = tkt("sla", "check", "--ola", "--format", "github", code=1)
    assert all(line.startswith("::error file=") for line in answer.lines)
    assert len(answer.lines) == 1


def test_the_figures_have_a_section_of_their_own(tkt: FrontDoor, too_long: str) -> None:
    card = tkt("kpi", "--month", "2026-01", "--json").json
    (messaging,) = card["ola"]
    assert (messaging["ola"], messaging["key"], messaging["holder"]) == ("messaging", "group", "Messagerie")
    assert (messaging["figures"]["met"]["numerator"], messaging["figures"]["met"]["denominator"]) == (0, 1)
    assert messaging["figures"]["held_seconds"]["value"] == 3 * 3600
    report = tkt("kpi", "--month", "2026-01", "--format", "markdown").out
    assert "| OLA " in report
    assert "| messaging " in report


def test_a_mistake_in_an_ola_is_said_with_its_line(tkt: FrontDoor, ticket: str) -> None:
    tkt.setting("ola: [{name: x, versions: [{from: 2026-01-01, targets: {P1: 1h}}]}]")
    assert "ola[0]: an OLA is of one group or of one level." in tkt.refuses("show", ticket, code=5)


def explained(tkt: FrontDoor, ticket: str) -> list[dict[str, Any]]:
    document = tkt("sla", "explain", ticket, "--ola", "--json").json
    assert list(document["clocks"]) == ["response", "resolution"]
    holdings: list[dict[str, Any]] = document["ola"]
    return holdings


def test_each_holding_is_explained_by_what_its_clock_shows(tkt: FrontDoor, too_long: str) -> None:
    shown = tkt.ticket(too_long)["ola"]
    told = explained(tkt, too_long)
    assert [one["explained"]["clock"] for one in told] == [one["clock"] for one in shown]
    for one, holding in zip(told, shown, strict=True):
        clock = one["explained"]
        assert (one["ola"], one["key"], one["holder"]) == (holding["ola"], holding["key"], holding["holder"])
        assert clock["from"] == holding["since"]
        assert sum(part["counted_seconds"] for part in clock["intervals"]) == clock["clock"]["elapsed_seconds"]
        assert sum(part["seconds"] for part in clock["sums"]) == clock["clock"]["wall_seconds"]
        assert [by["at"] for by in clock["intervals"][0]["by"]] == [at("09:30")]
        # The priority was the ticket's before.
        assert [by for priority in clock["priorities"] for by in priority["by"]] == []
    assert [one["explained"]["ended_by"] and one["explained"]["ended_by"]["at"] for one in told] == [at("12:30"), None]


def test_an_explained_holding_stands_below_the_clocks_under_its_holder(tkt: FrontDoor, too_long: str) -> None:
    said = tkt("sla", "explain", too_long, "--clock", "resolution", "--ola").out
    assert re.findall(r"^(RESOLUTION|OLA \w+): (\w+)", said, flags=re.MULTILINE) == [
        ("RESOLUTION", "running"),
        ("OLA Messagerie", "breached"),
        ("OLA N2", "at"),
    ]
    assert "Because:  group Messagerie, as asked: Messagerie\n" in said
    assert "OLA" not in tkt("sla", "explain", too_long).out


def test_that_there_is_no_holding_to_explain_is_said(tkt: FrontDoor, ticket: str) -> None:
    assert "No group or level" in tkt("sla", "explain", ticket, "--ola").err
    assert tkt("sla", "explain", ticket, "--ola", "--json").json["ola"] == []
