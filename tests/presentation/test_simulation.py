"""A simulation says what either settings made of the same tickets, side by side, in every format."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from tests.metrics.months import SETTINGS, local
from tests.presentation.simulated import STRICT, TITLED, simulation, under
from tests.service_level.lives import life, said
from tkt import language
from tkt.domain.policies import DEFAULT_POLICY
from tkt.domain.ticket import Ticket
from tkt.presentation.simulation import Sides, notes, report
from tkt.presentation.table import width_of
from tkt.presentation.tables import FORMATS, UnknownFormat

PAGE = (Path(__file__).parents[2] / "docs" / "sla.md").read_text(encoding="utf-8")
SIDES = Sides("tkt.yaml", "other.yaml")


def plain(format: str = "plain", *tickets: Ticket, width: int | None = None, color: bool = False) -> str:
    one = simulation(*tickets)
    return report(one, one.differing, SIDES, format, width=width, color=color)


def test_a_report_reads_as_the_page_on_the_clocks_has_it() -> None:
    [shown] = re.findall(r"```text\n(From .*?)```", PAGE, flags=re.DOTALL)
    assert plain() == shown


def test_the_same_settings_have_nothing_to_list() -> None:
    one = simulation(others=under(DEFAULT_POLICY))
    text = report(one, one.differing, SIDES, "plain")
    assert text.endswith("\nNo verdict differs.\n")
    assert "policy" not in text
    assert list(notes(one, SIDES)) == []


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_is_written_in_any_format(format: str) -> None:
    text = plain(format)
    assert "INC0012345" in text and text.endswith("\n")
    assert "\x1b" not in text


def test_a_spreadsheet_gets_the_clocks_with_lengths_in_seconds() -> None:
    [row] = csv.DictReader(io.StringIO(plain("csv")))
    assert [row[f"{figure}, before"] for figure in ("Verdict", "Elapsed (s)", "Target (s)", "Policy")] == [
        "met",
        "16200",
        "86400",
        "standard",
    ]
    assert [row[f"{figure}, after"] for figure in ("Verdict", "Target (s)", "Policy")] == [
        "breached",
        "14400",
        "strict",
    ]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_a_report_fits_its_terminal(width: int, spoken: str) -> None:
    language.speak(spoken)
    many = [life(said("20:15", state="new → resolved"), id=f"INC{number:07d}") for number in range(120)]
    one = simulation(*many, others=under(STRICT._replace(name="Contrat de service standard")))
    text = report(one, one.differing, SIDES, "table", width=width)
    assert max(map(width_of, text.splitlines())) <= width


def test_only_a_drawn_table_is_coloured() -> None:
    assert "\x1b" not in plain("markdown", color=True)
    assert "\x1b" in plain("table", color=True)


def test_what_a_ticket_is_called_does_nothing_in_a_report() -> None:
    evil = Ticket({**TITLED.fields, "title": "\x1b[2J<b>|=1"}, TITLED.opened_at, TITLED.entries)
    assert all("\x1b" not in plain(format, evil) for format in FORMATS)
    assert "<b>" not in plain("html", evil)


def test_what_is_not_judged_there_is_told_with_the_way_out() -> None:
    older = life(said(local(2026, 1, 2), state="new → resolved"), opened=local(2025, 12, 30))
    [left_out, to_come] = notes(simulation(older, TITLED), SIDES)
    assert left_out.startswith("1 ticket is left out: it was opened before the policy of other.yaml")
    assert "earlier “from”" in left_out
    assert to_come.startswith("The version of 2026-12-01 of the policy strict judged no ticket")
    assert "other.yaml" in to_come


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownFormat):
        plain("pdf")


def test_the_names_of_settings_and_policies_are_no_words_of_ours(french: None) -> None:
    one = simulation(others=under(STRICT, timezone=SETTINGS.timezone))
    assert "other.yaml" in report(one, one.differing, SIDES, "plain")
