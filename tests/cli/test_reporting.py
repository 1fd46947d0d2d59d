"""kpi and dashboard: the figures of a period, in every form, with an exit code for a missed target."""

from __future__ import annotations

import csv
import io

import pytest

from tests.cli.conftest import IN_STATE, Clock
from tests.cli.front_door import FrontDoor


def figures(tkt: FrontDoor, *options: str) -> dict[str, tuple[float | None, float | None, int | None]]:
    """Value, numerator and denominator of each indicator."""
    kpi = tkt("kpi", *options, "--json").json["kpi"]
    return {key: (one["value"], one["numerator"], one["denominator"]) for key, one in kpi.items()}


def test_the_figures_of_the_current_month_are_the_default(lives: FrontDoor) -> None:
    month = figures(lives)

    assert month == figures(lives, "--month", "2026-01") == figures(lives, "--month", "this")
    assert month["created"][0] == 7
    assert month["resolved"][0] == 2
    assert month["mttr_seconds"] == (900, 1800, 2)
    assert month["fcr"] == (1, 2, 2)
    assert figures(lives, "--month", "last")["created"][0] == 0


def test_a_period_runs_up_to_its_end_which_is_left_out(lives: FrontDoor) -> None:
    assert figures(lives, "--from", "2026-01-15T09:15", "--to", "2026-01-15T09:30")["created"][0] == 7
    assert figures(lives, "--from", "2026-01-15T09:15", "--to", "2026-01-15T09:30")["resolved"][0] == 0
    assert figures(lives, "--from", "2026-01-15T09:15:01")["created"][0] == 0
    assert figures(lives, "--all")["created"][0] == 7


def test_a_document_names_its_period_and_its_groups(lives: FrontDoor, clock: Clock) -> None:
    clock("2026-02-10T09:00:00+01:00")

    document = lives("kpi", "--month", "last", "--by", "assignee", "--json").json

    assert document["version"] == 1
    assert document["period"] == {
        "from": "2026-01-01T00:00:00+01:00",
        "to": "2026-02-01T00:00:00+01:00",
        "timezone": "Europe/Paris",
    }
    assert document["by"] == "assignee"
    assert document["groups"]["Jean DUPONT"]["resolved"]["value"] == 2
    assert {"P1", "P2", "P3", "P4"} == set(document["by_priority"])


@pytest.mark.parametrize(
    "by", ["priority", "priorité", "category", "assignee", "group", "level", "type", "policy", "month"]
)
def test_figures_may_be_broken_down(lives: FrontDoor, by: str) -> None:
    rows = list(csv.DictReader(io.StringIO(lives("kpi", "--by", by, "--format", "csv").out)))

    assert rows


@pytest.mark.parametrize("format", ["table", "plain", "markdown", "csv", "tsv", "html"])
def test_a_report_is_written_in_six_forms(lives: FrontDoor, format: str) -> None:
    out = lives("kpi", "--format", format).out

    assert "FCR" in out and "\x1b" not in out


def test_a_missed_target_is_exit_1_when_asked_for(lives: FrontDoor, clock: Clock) -> None:
    lives("kpi", "--check")
    lives("reopen", IN_STATE["resolved"], "la panne est revenue")
    clock("2026-01-17T09:30:00+01:00")
    lives("resolve", IN_STATE["resolved"], "--cause", "unknown", "--action", "remplacement")

    lives("kpi")
    answer = lives("kpi", "--check", code=1)
    assert "FCR" in answer.err and "SLA" in answer.err
    lives("kpi", "--check", "--json", code=1)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--month", "janvier"), "is no month"),
        (("--by", "asignee"), "Did you mean assignee?"),
        (("--all", "--month", "last"), "give only one"),
        (("--from", "2026-02-01", "--to", "2026-01-01"), "not after its beginning"),
        (("--type", "incidant"), "Did you mean incident?"),
        (("--format", "pdf"), "is not a table format"),
    ],
)
def test_a_period_that_is_none_is_refused(lives: FrontDoor, options: tuple[str, ...], said: str) -> None:
    assert said in lives.refuses("kpi", *options, code=2)


def test_the_dashboard_shows_a_month_in_either_language(lives: FrontDoor) -> None:
    english = lives("dashboard", "--month", "2026-01", "--lang", "en").out
    french = lives("dashboard", "--month", "2026-01", "--lang", "fr").out

    assert "JANUARY 2026" in english and "Created" in english
    assert "JANVIER 2026" in french
    for drawn in (english, french):
        assert len({len(line) for line in drawn.splitlines()}) == 1
        assert "\x1b" not in drawn
    assert lives("dashboard", "--json").json["by"] == "category"


def test_what_cannot_be_read_is_told_beside_the_figures(lives: FrontDoor) -> None:
    lives.put("INC0000001", b"rien")

    assert "INC0000001.md:1" in lives("kpi").err
    assert "INC0000001.md:1" in lives("dashboard").err
