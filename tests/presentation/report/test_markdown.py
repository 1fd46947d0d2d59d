"""The report as Markdown: the dashboard as the terminal draws it, a table for each panel, no markup of a ticket's."""

from __future__ import annotations

from tests.metrics.months import PARIS
from tests.presentation.report.drawn import EMPTY, EVIL, WHOLE
from tkt.presentation.dashboard import dashboard
from tkt.presentation.report.markdown import markdown
from tkt.presentation.report.sections import sections


def test_it_holds_the_dashboard_and_every_section() -> None:
    text = markdown(WHOLE, PARIS)
    assert text.startswith("# Support report - January 2026\n")
    assert dashboard(WHOLE.card) in text
    for section in sections(WHOLE, PARIS):
        assert f"\n## {section.title}\n" in text
    tables = [line for line in text.splitlines() if line.startswith("|:-")]
    assert len(tables) == sum(bool(panel.table.rows) for one in sections(WHOLE, PARIS) for panel in one.panels)


def test_nothing_that_people_typed_is_markup() -> None:
    before, code, after = markdown(EVIL, PARIS).split("```")
    assert all(line.startswith(("text", "│", "┌", "├", "└")) for line in code.splitlines())
    text = before + after
    assert "<script" not in text and "](http" not in text.replace("\\]", "") and "\x1b" not in text


def test_a_period_without_tickets_has_its_report() -> None:
    assert "Nothing was resolved." in markdown(EMPTY, PARIS)
