"""The report shows every figure with its formula, its numbers and its target, in every format."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from tests.presentation.figures import JANUARY, by_category, exercise_2, indicator, nothing, of_priorities
from tkt import language
from tkt.metrics.indicator import Indicator
from tkt.metrics.indicators import FORMULAS
from tkt.metrics.scorecard import BY, Period, Scorecard
from tkt.presentation import indicator_phrases
from tkt.presentation.scorecard_table import figure_table, group_label, group_table, indicator_table, report
from tkt.presentation.table import Toned, text_of, width_of
from tkt.presentation.tables import FORMATS, UnknownFormat, render


def lines_of(scorecard: Scorecard, *, color: bool = False) -> dict[str, list[str]]:
    rows = indicator_table(scorecard, color=color).rows
    return {text_of(row[0]): [text_of(cell) for cell in row[1:]] for row in rows}


def test_the_courses_exercise_comes_out_to_the_digit() -> None:
    lines = lines_of(exercise_2())
    assert lines["Created"] == ["200", "", "", "", "opened in the period"]
    assert lines["FCR"] == ["70.3%", "130 / 185", ">70%", "met", "resolved at first contact / resolved"]
    assert lines["Mean MTTR"] == ["4h", "740h / 185", "<4h", "missed", "Σ (resolution − opening) / resolved"]
    assert lines["Reopen rate"] == ["5.4%", "10 / 185", "<10%", "met", "reopened at least once / resolved"]
    assert lines["Median MTTR"] == ["2h30", "of 185", "", "", "median of (resolution − opening)"]


def test_what_cannot_be_divided_is_no_data_with_its_zeros() -> None:
    assert lines_of(exercise_2())["CSAT"][:4] == ["no data", "0 / 0", ">4", ""]


def waited_for_everything() -> Scorecard:
    """Exercise 2, in which tickets waited for every reason."""
    waits = {key: indicator(key, 3600, 185) for key in indicator_phrases.PENDING_FOR}
    return replace(exercise_2(), indicators={**exercise_2().indicators, **waits})


def test_every_indicator_has_a_line_and_a_formula() -> None:
    lines = lines_of(waited_for_everything())
    of_priorities_alone = 5
    assert len(lines) == len(FORMULAS) + of_priorities_alone
    assert all(line[-1] for line in lines.values())


def test_only_what_was_waited_for_has_a_line() -> None:
    waits = {
        "pending_seconds": indicator("pending_seconds", 12 * 3600, 185),
        "pending_share": Indicator("pending_share", 12 / 740, 12 * 3600, 740 * 3600, "share"),
        "pending_vendor_seconds": indicator("pending_vendor_seconds", 12 * 3600, 185),
    }
    lines = lines_of(replace(exercise_2(), indicators={**exercise_2().indicators, **waits}))
    assert lines["Pending"][:2] == ["4 min", "12h / 185"]
    assert lines["Pending, share"][:2] == ["1.6%", "12h / 740h"]
    assert [name for name in lines if name.startswith("Pending:")] == ["Pending: vendor"]


def test_priorities_with_a_target_of_their_own_stand_below_the_overall_figure() -> None:
    names = list(lines_of(exercise_2()))
    overall = names.index("SLA resolution")
    assert names[overall + 1 : overall + 5] == [f"SLA resolution P{number}" for number in (1, 2, 3, 4)]
    assert lines_of(exercise_2())["SLA resolution P1"][:4] == ["94.0%", "47 / 50", ">95%", "missed"]
    assert names[names.index("Mean MTTR") + 1] == "Mean MTTR P2"


def test_targets_are_marked_by_signs_and_tones_in_colour() -> None:
    lines = lines_of(exercise_2(), color=True)
    assert (lines["FCR"][3], lines["Mean MTTR"][3], lines["Created"][3]) == ("✅", "⚠️", "")
    tones = [cell.tone for row in indicator_table(exercise_2()).rows for cell in row if isinstance(cell, Toned)]
    assert set(tones) == {"", "good", "warning"}


def test_what_a_figure_aims_at_is_no_target_of_a_clock_in_french(french: None) -> None:
    assert "Objectif" in [column.title for column in indicator_table(exercise_2()).columns]
    assert "Objectif" in [column.title for column in figure_table(exercise_2()).columns]


def test_in_french(french: None) -> None:
    lines = lines_of(exercise_2())
    assert lines["FCR"][2:] == [">70%", "atteint", "résolus au premier contact / résolus"]
    assert lines["MTTR moyen"][3] == "manqué"
    assert lines["CSAT"][0] == "aucune donnée"


def in_categories() -> Scorecard:
    return replace(exercise_2(), by="category", groups=by_category(**{"Réseau": 30, "=1+1": 20, "": 10}))


def test_policies_are_told_apart_by_what_they_promised() -> None:
    card = replace(exercise_2(), by="policy", groups={"vip": nothing(), "": nothing()})
    assert render(group_table(card), "tsv").splitlines() == [
        "Policy\tCreated\tResolved\tOpen\tResponse\tResolution\tOverrun\tP90\tOpen, over",
        "vip\t0\t0\t0\tno data\tno data\tno data\tno data\t0",
        "none\t0\t0\t0\tno data\tno data\tno data\tno data\t0",
    ]


def test_groups_are_lines_with_the_main_indicators() -> None:
    assert render(group_table(in_categories()), "tsv").splitlines() == [
        "Category\tCreated\tResolved\tOpen\tMTTR\tFCR\tSLA\tReopened\tCSAT",
        "Réseau\t30\t0\t0\tno data\tno data\tno data\tno data\tno data",
        "'=1+1\t20\t0\t0\tno data\tno data\tno data\tno data\tno data",
        "none\t10\t0\t0\tno data\tno data\tno data\tno data\tno data",
    ]


@pytest.mark.parametrize(
    ("by", "name", "label"),
    [
        ("priority", "P1", "P1 - Critical"),
        ("type", "request", "service request"),
        ("month", "2026-01", "January 2026"),
        ("level", "N2", "N2"),
        ("assignee", "", "nobody"),
        ("group", "", "none"),
        ("group", "Réseau", "Réseau"),
        ("policy", "vip", "vip"),
        ("policy", "", "none"),
    ],
)
def test_a_group_is_named_as_people_name_it(by: str, name: str, label: str) -> None:
    assert group_label(by, name) == label


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("format", FORMATS)
def test_any_grouping_is_reported_in_any_format(by: str, format: str) -> None:
    name = {"month": "2026-01", "priority": "P1", "type": "incident"}.get(by, "x")
    text = report(replace(exercise_2(), by=by, groups={name: nothing()}), format)
    assert group_label(by, name) in text
    assert text.endswith("\n")


def test_a_spreadsheet_gets_one_table_with_numbers_as_numbers_and_their_unit() -> None:
    rows = list(csv.DictReader(io.StringIO(report(exercise_2(), "csv"))))
    by_name = {row["Indicator"]: row for row in rows}
    mttr, fcr = by_name["Mean MTTR"], by_name["FCR"]
    assert (float(mttr["Value"]), mttr["Unit"], mttr["Numerator"], mttr["Denominator"]) == (
        14400,
        "seconds",
        "2664000",
        "185",
    )
    assert (float(fcr["Value"]), fcr["Unit"], fcr["Reached"]) == (130 / 185, "rate", "met")
    assert by_name["CSAT"]["Value"] == "no data"


def test_a_spreadsheet_of_groups_says_of_which_each_figure_is() -> None:
    rows = list(csv.DictReader(io.StringIO(report(in_categories(), "csv"))))
    created = {row["Category"]: row["Value"] for row in rows if row["Indicator"] == "Created"}
    assert created == {"all": "200", "Réseau": "30", "'=1+1": "20", "none": "10"}
    assert len(rows) == len(figure_table(exercise_2()).rows) + 3 * len(FORMULAS)


def test_the_period_heads_what_a_person_reads() -> None:
    assert report(exercise_2(), "plain").startswith("From 2026-01-01 00:00 to 2026-02-01 00:00 (Europe/Paris)\n\n")
    assert report(exercise_2(), "html").startswith("<p>From 2026-01-01 00:00")
    assert "From" not in report(exercise_2(), "csv")
    since_ever = replace(exercise_2(), period=Period(None, JANUARY.end, "Europe/Paris"))
    assert report(since_ever, "markdown").startswith("Up to 2026-02-01 00:00 (Europe/Paris)\n\n|")


def test_only_a_drawn_table_is_coloured() -> None:
    coloured = {format for format in FORMATS if "\x1b" in report(exercise_2(), format, color=True)}
    assert coloured == {"table"}
    assert "✅" not in report(exercise_2(), "markdown", color=True)


@pytest.mark.parametrize("width", [80, 100, 200])
@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_a_report_fits_its_terminal_and_cuts_neither_a_figure_nor_a_formula(width: int, spoken: str) -> None:
    language.speak(spoken)
    card = replace(in_categories(), indicators=waited_for_everything().indicators)
    text = report(card, "table", width=width)
    assert max(map(width_of, text.splitlines())) <= width
    assert "…" not in text
    assert all(indicator_phrases.formula(key) in text for key in FORMULAS)


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_policies_fit_a_narrow_terminal(spoken: str) -> None:
    language.speak(spoken)
    figures = nothing() | {"resolution_overrun_seconds": indicator("resolution_overrun_seconds", 4000 * 3600, 3)}
    card = replace(exercise_2(), by="policy", groups={"Contrat de service des directions": figures})
    assert max(map(width_of, report(card, "table", width=80).splitlines())) <= 80


def test_a_narrow_terminal_still_says_no_data_of_an_indicator() -> None:
    narrow = report(in_categories(), "table", width=72)
    assert "no data" in narrow.split("Category")[0]
    assert "–" in narrow.split("Category")[1]


def test_a_name_of_the_tickets_does_nothing_in_a_report() -> None:
    card = replace(in_categories(), groups=by_category(**{"\x1b[2J<b>|": 1}))
    assert all("\x1b" not in report(card, format) for format in FORMATS)
    assert "<b>" not in report(card, "html")


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownFormat):
        report(exercise_2(), "xlsx")


def test_a_priority_of_its_own_target_has_its_own_verdict() -> None:
    of_p2 = of_priorities()
    of_p2["P2"]["mttr_seconds"] = indicator("mttr_seconds", 5 * 3600, 1, "P2")
    assert lines_of(replace(exercise_2(), by_priority=of_p2))["Mean MTTR P2"][:4] == ["5h", "5h / 1", "<4h", "missed"]
