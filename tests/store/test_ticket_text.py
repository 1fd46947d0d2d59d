"""A ticket's file as text: taken apart and put together without losing a byte, and longer by one entry."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.store.course_ticket import COURSE
from tests.store.texts import entries, fifty, line_ends, lines, texts
from tkt.domain.entry import Entry
from tkt.store.ticket_text import NoFrontMatter, TicketText, without_journal

headings = st.sampled_from(
    [
        "## Journal",
        "## Journal ",
        "## Description",
        "## Actions",
        "## Notes",
        "### 2026-01-15T09:15:00+01:00 · Jean",
        "",
    ]
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A text that has a front matter, whatever else it has."""
    main, odd = draw(line_ends), draw(line_ends)
    body = draw(st.lists(st.one_of(lines, headings), max_size=12))
    front = [line for line in draw(st.lists(lines, max_size=4)) if not line.startswith("---")]
    written = ["---" + draw(st.sampled_from(["", "  "])), *front, "---" + draw(st.sampled_from(["", " \t"])), *body]
    ends = [main, *(draw(st.sampled_from([main, main, odd])) for _line in written[1:])]
    text = "".join(line + end for line, end in zip(written, ends, strict=True))
    return draw(st.sampled_from(["", "\ufeff"])) + (text.removesuffix(ends[-1]) if draw(st.booleans()) else text)


@fifty
@given(files())
def test_a_file_is_put_together_again_byte_for_byte(text: str) -> None:
    assert str(TicketText.parse(text)) == text


@fifty
@given(files(), st.lists(entries, min_size=1, max_size=3))
def test_entries_go_behind_what_stands_there_and_read_back(text: str, more: list[Entry]) -> None:
    before = TicketText.parse(text)
    after = before
    for entry in more:
        after = after.with_entry(entry)
    assert str(after).startswith(text)
    assert after.entries == (*before.entries, *more)
    assert TicketText.parse(str(after)).entries == after.entries
    for title in ("Description", "Actions", "Notes"):
        assert after.section(title) == before.section(title)
    assert after.has_journal


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["### 2026-01-15T11:00:00+01:00 · Jean{}{}Vu", "### 2026-01-15T11:00:00+01:00 · Jean"])
@pytest.mark.parametrize("other", ["\n", "\r\n"])
def test_a_last_line_is_ended_as_its_entry_ends_lines(eol: str, last: str, other: str) -> None:
    text = COURSE.replace("\n", eol) + eol + last.format(other, other)
    before = TicketText.parse(text)
    assert len(before.entries) == 4
    after = before.with_entry(before.entries[1])
    assert after.entries[:4] == before.entries


@fifty
@given(st.lists(entries, min_size=1, max_size=3), line_ends, st.booleans())
def test_a_file_keeps_its_line_ends(more: list[Entry], eol: str, final: bool) -> None:
    text = COURSE.replace("\n", eol)
    file = TicketText.parse(text if final else text.removesuffix(eol))
    for entry in more:
        file = file.with_entry(entry)
    added = str(file)[len(text) :]
    assert added.count(eol) == added.count("\n")
    assert str(file)[: len(text)] == text
    assert file.entries[3:] == tuple(more)


@fifty
@given(texts, line_ends)
def test_an_entry_begins_a_journal_where_there_is_none(body: str, eol: str) -> None:
    assume(not body.endswith("\r"))
    text = f"---{eol}id: a{eol}---{eol}{body.replace('## Journal', '## Notes')}"
    file = TicketText.parse(text)
    assert [flaw.rule for flaw in file.flaws() if flaw.severity == "error"] == ["journal"]
    entry = TicketText.parse(COURSE).entries[0]
    after = file.with_entry(entry)
    assert str(after).startswith(text)
    assert after.entries == (entry,)


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "text", ["---\n---", "---\n---\n## Journal", "---\n---\n\n## Journal\n", "---\n---\n## Journal\n  "]
)
def test_a_file_that_ends_early_takes_an_entry(text: str, eol: str) -> None:
    text = text.replace("\n", eol)
    entry = TicketText.parse(COURSE).entries[1]
    after = TicketText.parse(text).with_entry(entry)
    assert str(after).startswith(text)
    assert TicketText.parse(str(after)).entries == (entry,)


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_sections_are_read_as_they_were_typed(eol: str) -> None:
    file = TicketText.parse(COURSE.replace("\n", eol))
    description = "L'utilisatrice ne peut plus envoyer d'emails vers l'extérieur\ndepuis ce matin 8h30."
    assert file.section("Description") == description
    assert file.section("Actions") == "- [ ] Vérifier SPF/DKIM"
    assert file.section("Notes") == ""
    assert [entry.line for entry in file.entries] == [34, 42, 49]


def test_a_hand_written_section_ends_at_the_next_heading_of_its_level() -> None:
    text = "---\n---\n## Description\n```\n# dnf update\n### suite\n```\n## Notes\nautre\n"
    assert TicketText.parse(text).section("Description") == "```\n# dnf update\n### suite\n```"


def test_a_heading_named_journal_in_a_text_is_no_journal() -> None:
    text = COURSE.replace("depuis ce matin", "## Journal\n\ndepuis ce matin")
    assert len(TicketText.parse(text).entries) == 3


@fifty
@given(texts)
def test_no_line_of_a_body_is_taken_for_the_journal(body: str) -> None:
    file = TicketText.parse(f"---\n---\n{without_journal(body)}\n")
    assert not file.has_journal or file.body.endswith("## Journal\n")
    assert file.entries == ()


@pytest.mark.parametrize(
    "text",
    ["", "id: a\n", "---\nid: a\n", "---\nid: a\n --- \n", "----\n----\n", "\n---\n---\n", "--- a\n---\n", "\ufeff"],
)
def test_a_file_without_a_front_matter_is_none(text: str) -> None:
    with pytest.raises(NoFrontMatter):
        TicketText.parse(text)


@pytest.mark.parametrize(("mark", "told"), [("<<<<<<< HEAD", [30]), ("\\<<<<<<< HEAD", []), ("<<<<<<<HEAD", [])])
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_an_unfinished_merge_is_told_with_its_line(mark: str, told: list[int], eol: str) -> None:
    text = COURSE.replace("- [ ] Vérifier SPF/DKIM", f"{mark}\na\n=======\nb\n>>>>>>> autre").replace("\n", eol)
    flaws = TicketText.parse(text).flaws()
    assert [flaw.line for flaw in flaws if flaw.rule == "conflict-marker"] == told


def test_a_megabyte_of_conflict_markers_is_read_in_its_own_time() -> None:
    file = TicketText.parse(COURSE + "<<<<<<< HEAD\n" * 80_000)
    assert list(file.flaws()) == []


def test_a_text_that_quotes_a_merge_keeps_nobody_from_writing() -> None:
    entry = Entry(
        TicketText.parse(COURSE).entries[-1].at, "Jean", text="<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x", ordinal=3
    )
    assert list(TicketText.parse(COURSE).with_entry(entry).flaws()) == []
