"""Redaction of a ticket's file, as laws: the words are gone, the entries are all there, and nothing else has moved."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.store.course_ticket import COURSE, PATH, course
from tests.store.hand_written import front_matters
from tests.store.texts import entries, fifty, line_ends, some_text, texts, words
from tests.torture import counting, reached, scaled
from tkt.domain.entry import Entry
from tkt.domain.redaction import MARKER, is_redaction_of
from tkt.domain.sought import Sought
from tkt.store.front_matter import FrontMatter, UneditableFrontMatter, UnreadableFrontMatter
from tkt.store.journal_text import render_entry
from tkt.store.redacted_front_matter import redacted_front_matter
from tkt.store.redacted_journal import applied, edits_of_journal
from tkt.store.redacted_ticket import PartOfTheStructure, parts_redacted, redacted_file
from tkt.store.ticket_file import TicketFile, sections_of
from tkt.store.unreadable_ticket import UnreadableTicket


@st.composite
def redactions(draw: st.DrawFn) -> tuple[TicketFile, Sought]:
    """A ticket with any journal and any description, and a piece of what it shows."""
    journal = draw(st.lists(entries, min_size=1, max_size=3))
    description = draw(texts)
    eol = draw(line_ends)
    head, _journal, _rest = COURSE.partition("## Description")
    body = "\n".join(render_entry(entry) for entry in journal)
    source = f"{head}{sections_of(description)}\n## Journal\n\n{body}".replace("\n", eol)
    shown = [description, *(entry.text for entry in journal), *(entry.author for entry in journal)]
    shown += [side for entry in journal for change in entry.field_changes() for side in (change.old, change.new)]
    whole = draw(st.sampled_from([one for one in shown if one] or ["introuvable"]))
    start = draw(st.integers(0, len(whole) - 1))
    text = whole[start : draw(st.integers(start + 1, len(whole)))]
    try:
        return TicketFile.parse(PATH, source.encode()), Sought((draw(st.sampled_from([text, text, whole])),))
    except (UnreadableTicket, UnicodeEncodeError):
        assume(False)
        raise


@pytest.mark.slow
def test_the_words_are_gone_and_every_entry_is_there_in_its_place() -> None:
    tried: Counter[str] = Counter()

    @settings(max_examples=scaled(50, 5000))
    @given(redactions())
    def law(given_one: tuple[TicketFile, Sought]) -> None:
        with counting(tried, "lost"):
            tried["refused" if _redacted_or_refused(*given_one) is None else "redacted"] += 1

    try:
        law()
    finally:
        reached("redaction", redacted=tried["redacted"], refused=tried["refused"], lost=tried["lost"])


def _redacted_or_refused(before: TicketFile, sought: Sought) -> TicketFile | None:
    try:
        after = redacted_file(before, sought, {})
    except PartOfTheStructure:
        return None
    assert not any(text in str(after.text).replace("\r\n", "\n") for text in sought.texts)
    pairs = list(zip(before.text.entries, after.text.entries, strict=True))
    assert all(_is_the_same_but_for_markers(new, old) for old, new in pairs)
    assert TicketFile.parse(PATH, after.data) == after
    assert redacted_file(after, sought, {}) == after
    body, was = (one.text.body.replace("\r\n", "\n") for one in (after, before))
    assert body == was or is_redaction_of(body, was)
    assert bool(parts_redacted(before, after)) == (before.data != after.data)
    return after


def _is_the_same_but_for_markers(new: Entry, old: Entry) -> bool:
    same_place = new.position == old.position and len(new.changes) == len(old.changes)
    rendered = (render_entry(new), render_entry(old))
    return same_place and (rendered[0] == rendered[1] or is_redaction_of(*rendered))


@fifty
@given(
    front_matters(), st.one_of(some_text, st.sampled_from(["DUPONT", "note", "06123", "a b", "suite", "é 📠", "vip"]))
)
def test_a_front_matter_says_what_it_said_but_for_the_words(front: tuple[str, str], text: str) -> None:
    before = FrontMatter(*front)
    assume(text)
    try:
        before.places  # noqa: B018
        after = redacted_front_matter(before, Sought((text,)))
    except (UnreadableFrontMatter, UneditableFrontMatter):
        return
    assert list(after.places) == list(before.places)
    for key, value in before.fields.items():
        assert after.fields[key] in (value, value.replace(text, MARKER), MARKER)
    if text not in before.source and not any(text in value for value in before.fields.values()):
        assert after.source == before.source or "é" in text


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ("Rappeler Zoé demain", "Zoé", f"Rappeler {MARKER} demain"),
        ("\\### 2026-01-15T09:15:00+01:00 · Zoé", "Zoé", f"\\### 2026-01-15T09:15:00+01:00 · {MARKER}"),
        ("\\# Marie", "# Mar", f"{MARKER}ie"),
        ("\\- nom: Marie\n\\- id: 4", "nom: Ma", f"{MARKER}rie\n\\- id: 4"),
        ("avant\n\\## Marie", "avant\n##", f"{MARKER} Marie"),
    ],
)
def test_in_a_free_text_only_the_words_go(line: str, text: str, expected: str) -> None:
    source = COURSE.replace("Prise en charge du ticket.", line)

    after = redacted_file(TicketFile.parse(PATH, source.encode()), Sought((text,)), {})

    assert str(after.text) == COURSE.replace("Prise en charge du ticket.", expected)


@pytest.mark.parametrize("text", ["2026-01", "Journal", "state", "medium", "4k7m", "12345", " · N1", "assignee: Jean"])
def test_what_holds_the_ticket_together_never_goes(text: str) -> None:
    with pytest.raises(PartOfTheStructure):
        redacted_file(course(), Sought((text,)), {})


@fifty
@given(words, words, st.text(min_size=1, max_size=3))
def test_a_value_and_the_snapshot_of_it_become_the_same(title: str, old: str, text: str) -> None:
    assume(title and old and title != old)
    entry = Entry(course().text.entries[-1].at.replace(minute=59), "Jean DUPONT", changes=())
    from tkt.domain.entry import FieldChange

    entry = Entry(entry.at, entry.author, changes=(FieldChange("title", title, old),))
    before = course().with_entry(entry)
    try:
        after = redacted_file(before, Sought((text,)), {})
    except PartOfTheStructure:
        return
    change = after.text.entries[-1].change("title")
    assert change is not None
    assert after.text.front_matter.fields["title"] == change.new


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ("- title:  a  →  Zoé rit ", "Zoé", f"- title:  a  →  {MARKER} rit "),
        ('- title: "Zoé rit" → "a → b"', "Zoé", f'- title: "{MARKER} rit" → "a → b"'),
        ('- title: "Zoé → rit"', "Zoé → ", f"- title: {MARKER}"),
        ("- tags:  -b   +Zoé +c", "Zoé", f"- tags:  -b   +{MARKER} +c"),
        ('- tags: +"la Zoé" +c', "Zoé", f'- tags: +"la {MARKER}" +c'),
        ("- recorded_by: Zoé <z@e.fr>", "z@e.fr", f"- recorded_by: Zoé <{MARKER}>"),
    ],
)
def test_a_line_as_hands_write_it_keeps_its_blanks_and_its_quotes(line: str, text: str, expected: str) -> None:
    front = f"title: {'a → b' if 'a → b' in line else 'x'}\n"
    said = COURSE.replace("- level: N1 → N2\n", f"- level: N1 → N2\n{line}\n").replace("vérification serveur", "-")
    source = said.replace("title: Outlook 365 - Impossible d'envoyer des emails externes\n", front)
    file = TicketFile.parse(PATH, source.encode())

    edits = list(edits_of_journal(file.text.journal, file.text.entries, Sought((text,)), {}))

    assert applied(file.text.journal, edits) == file.text.journal.replace(line, expected)


@fifty
@given(redactions())
def test_each_entrys_bytes_are_those_before_but_for_markers(given_one: tuple[TicketFile, Sought]) -> None:
    before, sought = given_one
    edits = list(edits_of_journal(before.text.journal, before.text.entries, sought, {}))
    after = applied(before.text.journal, edits)
    assert after == before.text.journal or is_redaction_of(after, before.text.journal)
