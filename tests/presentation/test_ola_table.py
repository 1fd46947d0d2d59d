"""The report of the indicators shows the OLAs, each group and level on a line, in every format."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from tests.presentation.figures import HOUR, exercise_2, nothing
from tkt import language
from tkt.metrics.indicator import Indicator
from tkt.metrics.ola import FORMULAS, OlaFigures
from tkt.metrics.scorecard import Scorecard
from tkt.presentation.clocks.ola_table import ola_lines, ola_table
from tkt.presentation.scorecard_table import report
from tkt.presentation.table import width_of
from tkt.presentation.tables import FORMATS, render


def of(holder: str, ola: str = "messaging") -> OlaFigures:
    figures = {
        "met": Indicator("met", 9 / 12, 9, 12, "rate"),
        "held_seconds": Indicator("held_seconds", 5.5 * HOUR, 66 * HOUR, 12, "seconds"),
        "held_business_seconds": Indicator("held_business_seconds", 3 * HOUR, 36 * HOUR, 12, "seconds"),
        "open_breached": Indicator("open_breached", 2, 2, None, "count"),
        "cancelled_breached": Indicator("cancelled_breached", 1, 1, None, "count"),
    }
    return OlaFigures(ola, "group", holder, figures)


def with_olas(*olas: OlaFigures) -> Scorecard:
    return replace(exercise_2(), olas=olas)


def test_each_holder_has_a_line_with_what_it_kept_and_how_long_it_had_its_tickets() -> None:
    assert render(ola_table([of("Messagerie")]), "tsv").splitlines() == [
        "OLA\tHeld by\tMet\tComputed from\tMean time held\tIn OLA time\tHeld, breached\tCancelled, breached",
        "messaging\tMessagerie\t75.0%\t9 / 12\t5h30\t3h\t2\t1",
    ]


def test_every_figure_has_its_name_and_formula() -> None:
    lines = list(ola_lines([of("Messagerie")]))
    assert [figure.key for _name, figure, _formula in lines] == list(FORMULAS)
    assert lines[0][0] == "OLA messaging, Messagerie: Met"
    assert all(formula for _name, _figure, formula in lines)


def test_a_desk_without_olas_has_no_table_of_them() -> None:
    assert all("OLA" not in report(exercise_2(), format) for format in FORMATS)


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_shows_them_in_any_format_and_nothing_of_a_name_acts(format: str) -> None:
    text = report(with_olas(of("\x1b[2J<b>Messagerie", "=1+1")), format)
    assert "Messagerie" in text
    assert "\x1b" not in text
    assert format != "html" or "<b>" not in text


def test_a_spreadsheet_gets_the_figures_in_full_with_groups_too() -> None:
    card = replace(with_olas(of("Messagerie")), by="category", groups={"Réseau": nothing()})
    rows = list(csv.DictReader(io.StringIO(report(card, "csv"))))
    held = next(row for row in rows if row["Indicator"] == "OLA messaging, Messagerie: Mean time held")
    assert (held["Category"], float(held["Value"]), held["Unit"], held["Denominator"]) == (
        "all",
        19800,
        "seconds",
        "12",
    )


@pytest.mark.parametrize("width", [80, 100, 200])
@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_the_table_fits_its_terminal(width: int, spoken: str) -> None:
    language.speak(spoken)
    text = report(
        with_olas(of("Messagerie"), of("Bases de données", "a very long name of an agreement")), "table", width=width
    )
    assert max(map(width_of, text.splitlines())) <= width
    assert "9 / 12" in text
