"""Findings read as a compiler's, one line each, and no line of theirs is anything else."""

from __future__ import annotations

from tkt.domain.finding import Finding
from tkt.presentation.findings import findings_summary, findings_text

PATH = "tickets/INC0012xxx/INC0012345.md"
ERROR = Finding(PATH, 18, "error", "replay", "state is closed here, resolved in the journal", "write resolved")
WARNING = Finding(PATH, 0, "warning", "asset", "no asset")


def test_a_finding_is_place_severity_message_and_mend() -> None:
    assert findings_text([ERROR, WARNING]).splitlines() == [
        f"{PATH}:18: error: state is closed here, resolved in the journal (write resolved)",
        f"{PATH}: warning: no asset",
    ]


def test_severities_are_in_the_language_spoken(french: None) -> None:
    assert [line.split(": ")[1] for line in findings_text([ERROR, WARNING]).splitlines()] == ["erreur", "avertissement"]


def test_colour_marks_the_severity_alone() -> None:
    assert findings_text([ERROR], color=True).startswith(f"{PATH}:18: \x1b[31merror\x1b[0m: state")


def test_a_finding_is_one_line_whatever_the_file_holds() -> None:
    evil = Finding("tickets/a\nb.md", 1, "error", "key", "“\x1b[2J\n” is no key", "remove\nit")
    assert findings_text([evil]) == "tickets/a b.md:1: error: “\\x1b[2J ” is no key (remove it)\n"


def test_nothing_found_is_no_line() -> None:
    assert findings_text([]) == ""


def test_the_summary_counts() -> None:
    assert findings_summary([ERROR, WARNING, WARNING], 12) == "1 error, 2 warnings in 12 files"
    assert findings_summary([], 1) == "0 errors, 0 warnings in 1 file"


def test_the_summary_counts_in_french(french: None) -> None:
    assert findings_summary([WARNING], 12) == "0 erreur, 1 avertissement dans 12 fichiers"
