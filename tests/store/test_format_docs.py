"""docs/format.md is true: its table is the code's, its grammar is what tkt writes and reads, its tickets are sound."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.store.course_ticket import COURSE
from tests.store.ebnf import expression, rules_of
from tests.store.texts import entries, fifty
from tkt.domain.consistency import discrepancies
from tkt.domain.entry import Entry, SetChange
from tkt.domain.facts import RATINGS
from tkt.domain.keys import KEYS, MOVED, REQUIRED
from tkt.domain.words import CANCEL_REASON, INVERSE_LINK, LEVEL, LINK, PENDING_REASON
from tkt.store.journal_text import bytes_of, parse_entries, render_entry
from tkt.store.ticket_file import TicketFile

PAGE = (Path(__file__).parents[2] / "docs" / "format.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```markdown\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
RULES = rules_of(PAGE)
JOURNAL = expression(RULES, "journal")


def table(heading: str) -> list[list[str]]:
    """The rows of a section's table that begin with a key, cell by cell."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def code_words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_the_table_of_keys_is_the_code_s_in_its_order() -> None:
    rows = table("The front matter")
    assert [(name.strip("`"), kind) for name, kind, _values, _meaning in rows] == [
        (k.name, k.kind) for k in KEYS.values()
    ]
    assert all(meaning for *_rest, meaning in rows)


@pytest.mark.parametrize(("name", "values"), [(row[0].strip("`"), row[2]) for row in table("The front matter")])
def test_the_table_gives_the_values_that_a_key_may_have(name: str, values: str) -> None:
    key = KEYS[name]
    facts = {
        "rating": list(RATINGS),
        "first_contact": ["yes", "no"],
        "reason": [*PENDING_REASON.codes, *CANCEL_REASON.codes],
    }
    assert code_words(values) == (list(key.values.codes) if key.values else facts.get(name, []))
    assert (values == "an instant") == key.is_instant


def test_the_page_names_the_keys_that_every_ticket_has_and_those_of_the_opening_entry() -> None:
    words = " ".join(PAGE.split())
    every = words.split("Every ticket has ")[1].split(". ")[0]
    opening = words.split("The opening entry records what the life of a ticket moves: ")[1].split(". ")[0]
    assert (code_words(every), code_words(opening)) == (list(REQUIRED), list(MOVED))


def test_the_table_of_links_has_every_link_with_its_other_end() -> None:
    pairs = [(one.strip("`"), other.strip("`")) for one, other in table("Links")]
    assert {*pairs, *((other, one) for one, other in pairs)} == set(INVERSE_LINK.items())
    assert {word for pair in pairs for word in pair} == set(LINK.codes)


def test_there_is_a_ticket_as_the_course_has_it_and_one_that_is_hard() -> None:
    assert len(EXAMPLES) == 2
    assert EXAMPLES[0].startswith(COURSE[: COURSE.index("## Journal")])


@pytest.mark.parametrize("text", EXAMPLES, ids=["course", "hard"])
def test_every_ticket_on_the_page_is_sound_consistent_and_as_tkt_writes_it(text: str) -> None:
    file = TicketFile.parse("docs/format.md", text.encode())
    assert list(file.findings()) == []
    assert list(discrepancies(file.require_sound(), bytes_of)) == []
    assert file.text.journal == "\n" + "\n".join(render_entry(entry) for entry in file.text.entries)
    assert expression(RULES, "ticket").fullmatch(text)


def test_the_hard_ticket_says_what_the_page_says_of_it() -> None:
    ticket = TicketFile.parse("docs/format.md", EXAMPLES[1].encode()).ticket
    assert ticket.description.endswith(" vois :\n\n# systemctl status openvpn\n\n## Journal")
    assert ticket.entries[0].author == "Portail · intranet"
    assert ticket.entries[1].value("title") == "Accès VPN: refusé"
    assert ticket.entries[1].text.startswith("- state: closed\n")
    assert ticket.get("requester.phone") == "0612345670"


# The grammar, run.


@fifty
@given(st.lists(entries, min_size=1, max_size=3))
def test_what_tkt_writes_is_in_the_grammar(journal: list[Entry]) -> None:
    assume(all(not isinstance(c, SetChange) or c.added or c.removed for entry in journal for c in entry.changes))
    assert JOURNAL.fullmatch("\n".join(render_entry(entry) for entry in journal))


def exists(journal: str) -> bool:
    """Whether every day in its headings is one of the calendar."""
    for found in re.finditer(r"^### (\d{4}-\d\d-\d\d)T", journal, re.MULTILINE):
        try:
            datetime.fromisoformat(found[1])
        except ValueError:
            return False
    return True


from_the_grammar = st.from_regex(expression(RULES, "entry"), fullmatch=True, alphabet=st.characters(codec="utf-8"))


@settings(max_examples=30, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(st.lists(from_the_grammar.filter(exists), min_size=1, max_size=2).map("\n".join))
def test_what_is_in_the_grammar_is_read_and_written_as_it_stands(journal: str) -> None:
    assert JOURNAL.fullmatch(journal)
    read, flaws = parse_entries(journal)
    assert {flaw.rule for flaw in flaws} <= {"unknown-key"}
    written = "\n".join(render_entry(entry) for entry in read)
    assert parse_entries(written)[0] == read
    # A string of the grammar may stand in quotes that it does not need; tkt takes those off.
    assert written == journal or '"' in journal


spoils = st.sampled_from(
    ["\n", "\n\n", " ", "#", "### ", "- ", "- a: b\n", "\\", " · ", " → ", '"', "+", ",", "·", ":", "x", "\t", "\r"]
)


@given(st.lists(entries, min_size=1, max_size=2), st.integers(0, 400), spoils, st.integers(0, 3))
def test_a_journal_that_is_not_as_tkt_writes_it_is_not_in_the_grammar(
    journal: list[Entry], place: int, spoil: str, lost: int
) -> None:
    text = "\n".join(render_entry(entry) for entry in journal)
    place %= len(text) + 1
    spoiled = text[:place] + spoil + text[place + lost :]
    read, flaws = parse_entries(spoiled)
    canonical = spoiled == "\n".join(render_entry(entry) for entry in read)
    sound = {flaw.rule for flaw in flaws} <= {"unknown-key"} and exists(spoiled)
    if not (canonical and sound):
        assert not JOURNAL.fullmatch(spoiled) or '"' in spoiled or not exists(spoiled)


@pytest.mark.parametrize(
    "journal",
    [
        "",
        "### 2026-01-15T09:15:00+01:00 · Jean",
        "### 2026-01-15T09:15:00+01:00 · Jean\n- state: new\n",
        "### 2026-01-15T09:15:00+01:00 #1 · Jean\n",
        "### 2026-01-15T09:15:00Z · Jean\n",
        "### 2026-01-15T09:15:00+01:00 · Jean \n",
        "### 2026-01-15T09:15:00+01:00 · Jean\n\n- state:  new\n",
        "### 2026-01-15T09:15:00+01:00 · Jean\n\n- tags: vip\n",
        "### 2026-01-15T09:15:00+01:00 · Jean\n\n- tags: -a +b\n",
        "### 2026-01-15T09:15:00+01:00 · Jean\n\n- state: new\na\n",
        "### 2026-01-15T09:15:00+01:00 · Jean\n\n\n",
        "### 2026-01-15T09:15:00+01:00 · Jean\n\n# a\n",
        "### 2026-01-15T09:15:00+01:00 · Jean\n\na\n## a\n",
        "### 2026-01-15T09:15:00+01:00 · Jean\n\n\\- a: b\n- a: b\n",
        "### 2026-01-15T09:15:00+01:00 · Jean\n\na\n### 2026-01-15T09:15:00+01:00 · Jean\n",
    ],
)
def test_the_grammar_knows_what_it_refuses(journal: str) -> None:
    assert not JOURNAL.fullmatch(journal)


def test_the_grammar_s_words_are_the_code_s_and_every_rule_is_used() -> None:
    assert re.findall(r"'(\w+)'", RULES["level"]) == list(LEVEL.codes)
    assert re.findall(r"'(\w+)'", RULES["set"]) == [key.name for key in KEYS.values() if key.kind == "set"]
    used = {word for body in RULES.values() for word in re.findall(r"\w+", re.sub(r"'[^']*'|\[[^\]]*\]", "", body))}
    assert set(RULES) - used == {"ticket"}
