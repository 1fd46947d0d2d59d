"""The journal's grammar: entries to text and back, each the inverse of the other, and flaws with their lines."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.texts import entries, fifty, instants, line_ends, texts
from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.store.journal_text import parse_entries, render_entry

NINE = datetime.fromisoformat("2026-01-15T09:15:00+01:00")
HEADING = "### 2026-01-15T09:15:00+01:00 · Jean DUPONT · N1"
JOURNAL = f"""{HEADING}

- state: new
- impact: medium
- title: "Il dit → \\"non\\""

### 2026-01-15T09:30:00+01:00 · Jean DUPONT · N1 · public

- state: new → in_progress
- tags: +vip +réseau -old
- cause: " espaces " → ""

Prise en charge.

\\### pas un titre

### 2026-01-15T09:30:00+01:00 #2 · "A · B"

### 2026-01-15T09:30:00+01:00 #3 · Marie MARTIN <marie@entreprise.fr>

\\- state: closed
\\- state: closed
- [ ] Vérifier SPF/DKIM
"""


def written(journal: list[Entry]) -> str:
    return "\n".join(render_entry(entry) for entry in journal)


@fifty
@given(st.lists(entries, max_size=3))
def test_entries_come_back_from_their_text_as_they_were(journal: list[Entry]) -> None:
    read, flaws = parse_entries(written(journal))
    assert list(read) == journal
    assert {flaw.rule for flaw in flaws} <= {"unknown-key"}


@fifty
@given(st.lists(entries, max_size=3))
def test_a_journal_of_ours_is_written_again_byte_for_byte(journal: list[Entry]) -> None:
    text = written(journal)
    assert written(list(parse_entries(text)[0])) == text


@fifty
@given(st.lists(entries, max_size=3))
def test_a_journal_reads_the_same_with_the_other_line_ends(journal: list[Entry]) -> None:
    text = written(journal)
    assert parse_entries(text.replace("\n", "\r\n"))[0] == parse_entries(text)[0]


@fifty
@given(st.lists(entries, max_size=3), entries, line_ends, line_ends)
def test_an_entry_changes_nothing_in_those_before_it_whatever_their_line_ends(
    journal: list[Entry], entry: Entry, theirs: str, ours: str
) -> None:
    before = written(journal).replace("\n", theirs)
    after = before + ("\n" + render_entry(entry)).replace("\n", ours)
    assert list(parse_entries(after)[0]) == [*journal, entry]


@fifty
@given(st.lists(entries, min_size=1, max_size=3), st.integers(1, 99))
def test_an_entry_knows_the_line_of_its_heading(journal: list[Entry], first_line: int) -> None:
    lines = written(journal).split("\n")
    for entry in parse_entries("\n".join(lines), first_line)[0]:
        assert lines[entry.line - first_line].startswith("### ")


@fifty
@given(texts)
def test_whatever_stands_in_a_journal_is_read_without_complaint_or_told(text: str) -> None:
    for flaw in parse_entries(text)[1]:
        assert 1 <= flaw.line <= text.count("\n") + 1
        assert flaw.message
        assert flaw.mend


def test_the_grammar_in_one_example() -> None:
    first, second, third, fourth = parse_entries(JOURNAL)[0]
    assert first.changes == (
        FieldChange("state", "new"),
        FieldChange("impact", "medium"),
        FieldChange("title", 'Il dit → "non"'),
    )
    assert (first.author, first.level, first.public, first.line) == ("Jean DUPONT", "N1", False, 1)
    assert second.public
    assert second.changes[1:] == (
        SetChange("tags", ("vip", "réseau"), ("old",)),
        FieldChange("cause", "", " espaces "),
    )
    assert second.text == "Prise en charge.\n\n### pas un titre"
    assert (third.author, third.ordinal, third.text) == ("A · B", 2, "")
    assert (fourth.author, fourth.changes) == ("Marie MARTIN <marie@entreprise.fr>", ())
    assert fourth.text == "- state: closed\n- state: closed\n- [ ] Vérifier SPF/DKIM"
    assert written([first, second, third, fourth]) == JOURNAL


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("- state:   closed  ", FieldChange("state", "closed")),
        ("- state:\tclosed", FieldChange("state", "closed")),
        ("- state: new  →  closed", FieldChange("state", "closed", "new")),
        ("- assignee:", FieldChange("assignee", "")),
        ('- assignee: Jean → ""', FieldChange("assignee", "", "Jean")),
        ("- cause: a → b → c", FieldChange("cause", "b → c", "a")),
        ("- tags:  +a   -b  +c ", SetChange("tags", ("a", "c"), ("b",))),
        ('- tags: +"deux mots" -"a,b"', SetChange("tags", ("deux mots",), ("a,b",))),
        ("- links: +caused-by:PRB0000007", SetChange("links", ("caused-by:PRB0000007",))),
    ],
)
def test_what_a_hand_writes_a_little_differently_is_understood(line: str, change: FieldChange | SetChange) -> None:
    (entry,), flaws = parse_entries(f"{HEADING}\n\n{line}\n")
    assert entry.changes == (change,)
    assert flaws == []


@pytest.mark.parametrize(
    "heading",
    [
        "### 2026-01-15T08:15:00Z · Jean DUPONT · N1",
        "### 2026-01-15T09:15:00+01:00 #1 · Jean DUPONT · N1",
        "### 2026-01-15T09:15:00+01:00 · Jean DUPONT · N1 \t",
        '### 2026-01-15T09:15:00+01:00 · "Jean DUPONT" · N1',
    ],
)
@pytest.mark.parametrize("blank", ["", "\n"])
def test_a_heading_that_a_hand_wrote_a_little_differently_is_understood(heading: str, blank: str) -> None:
    (entry,), flaws = parse_entries(f"{heading}\n{blank}- state: new\n")
    assert entry == Entry(NINE, "Jean DUPONT", "N1", changes=(FieldChange("state", "new"),))
    assert flaws == []


@pytest.mark.parametrize(
    ("body", "line", "severity", "rule"),
    [
        ('- title: "ouvert', 3, "error", "change-value"),
        ('- title: "a" et "b"', 3, "error", "change-value"),
        ('- title: "a" → "b" fin', 3, "error", "change-value"),
        ('- title: "\\ud800"', 3, "error", "change-value"),
        ("- tags: vip", 3, "error", "change-value"),
        ("- tags: +a,b", 3, "error", "change-value"),
        ('- tags: +"ouvert', 3, "error", "change-value"),
        ("- id: INC0000002", 3, "warning", "unknown-key"),
        ("- couleur: rouge", 3, "warning", "unknown-key"),
        ("- state: new\n\n# Titre", 5, "warning", "stray-heading"),
        ("a\n### 2026-01-15 · Jean", 4, "error", "entry-heading"),
        ("a\n### 2026-02-30T09:15:00+01:00 · Jean", 4, "error", "entry-heading"),
        ("a\n### 2026-01-15T25:15:00+01:00 · Jean", 4, "error", "entry-heading"),
        ("a\n### 2026-01-15T09:15:00+01:00", 4, "error", "entry-heading"),
        ("a\n### 2026-01-15T09:15:00 · Jean", 4, "error", "entry-heading"),
    ],
)
def test_what_follows_no_rule_is_told_with_its_line(body: str, line: int, severity: str, rule: str) -> None:
    flaws = parse_entries(f"{HEADING}\n\n{body}\n")[1]
    assert [(flaw.line, flaw.severity, flaw.rule) for flaw in flaws] == [(line, severity, rule)]


def test_an_instant_that_no_calendar_has_is_told_and_hides_no_other_entry() -> None:
    source = "### 2026-02-30T09:15:00+01:00 · Jean\n\na\n\n" + render_entry(Entry(NINE, "Jean", text="b"))
    read, flaws = parse_entries(source)
    assert [entry.text for entry in read] == ["b"]
    assert [flaw.line for flaw in flaws] == [1]


@fifty
@given(instants)
def test_an_entry_without_changes_or_words_is_its_heading_alone(at: datetime) -> None:
    assert render_entry(Entry(at, "Jean DUPONT")) == f"### {at.isoformat()} · Jean DUPONT\n"


@pytest.mark.parametrize(
    "body",
    ["- cause: a\n" * 9_500, '- tags: +"a\n' * 4_900, "- tags: " + "+a " * 9_500, "- tags: " + '+"a ' * 9_500],
)
def test_a_very_long_journal_is_read_in_its_own_time(body: str) -> None:
    (entry,), flaws = parse_entries(f"{HEADING}\n\n{body}")
    members = sum(len(change.added) for change in entry.changes if isinstance(change, SetChange))
    assert len(entry.changes) + members + len(flaws) >= 9_500


@pytest.mark.parametrize(
    "body", [f"\n{HEADING}\n" * 10_001, "\n- cause: a\n" + "- cause: a\n" * 10_000, "\n- tags: " + "+a " * 10_000]
)
def test_a_journal_beyond_all_measure_is_told_and_not_read(body: str) -> None:
    entries, flaws = parse_entries(f"{HEADING}\n{body}")
    assert entries == ()
    assert [(flaw.severity, flaw.rule) for flaw in flaws] == [("error", "size")]


def test_of_a_hundred_thousand_stray_headings_the_first_are_told_and_no_error_is_hidden_behind_them() -> None:
    slip = "### 2026-01-15 09:15 Jean"
    flaws = parse_entries(f"{HEADING}\n\n" + "# a\n" * 100_000 + f"{slip}\n")[1]
    assert [flaw.rule for flaw in flaws] == ["entry-heading"] + ["stray-heading"] * 100
    assert flaws[0].line == 100_003
