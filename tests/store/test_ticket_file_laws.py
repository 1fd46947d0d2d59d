"""Whatever is written in a ticket's file, and whatever stands in it: laws that every entry keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.store.course_ticket import COURSE, PATH, TEN, course
from tests.store.texts import LIKE_OURS, entries, fifty, line_ends, texts, words
from tkt.domain.consistency import discrepancies
from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.domain.journal import replay
from tkt.domain.keys import KEYS
from tkt.store.journal_text import bytes_of, render_entry
from tkt.store.ticket_file import TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket

single = st.sampled_from([name for name, key in KEYS.items() if key.kind == "field"] + ["x_ours", "x_a.b"])
edits = st.lists(
    st.one_of(
        st.builds(FieldChange, single, words),
        st.builds(SetChange, st.sampled_from(["tags", "links"]), st.lists(words, max_size=2).map(tuple)),
        st.builds(SetChange, st.just("tags"), st.just(()), st.lists(words, max_size=2).map(tuple)),
    ),
    max_size=5,
).map(tuple)


@fifty
@given(st.lists(st.tuples(edits, texts), min_size=1, max_size=4), line_ends, st.booleans())
def test_the_snapshot_is_what_the_journal_says_after_any_entries(
    steps: list[tuple[tuple[FieldChange | SetChange, ...], str]], eol: str, final: bool
) -> None:
    text = COURSE.replace("\n", eol)
    file = TicketFile.parse(PATH, (text if final else text.removesuffix(eol)).encode())
    before = file
    for number, (changes, words_said) in enumerate(steps, 1):
        entry = Entry(TEN, "Jean DUPONT", "N1", False, changes, words_said, number)
        file = file.with_entry(entry)
        assert file.text.entries[-1] == entry
    assert (file.text.body + file.text.journal).startswith(before.text.body + before.text.journal)
    said = replay(file.text.entries)
    front = TicketFile.parse(PATH, file.data).text.front_matter
    assert {key: front.fields.get(key, "") for key in said.values} == said.values
    for key, members in said.members.items():
        assert {member: member in front.members(key) for member in members} == members


@fifty
@given(st.lists(st.tuples(edits, texts), min_size=1, max_size=3))
def test_an_entry_touches_no_line_of_the_front_matter_but_those_it_names(
    steps: list[tuple[tuple[FieldChange | SetChange, ...], str]],
) -> None:
    file = course()
    named = {change.key for changes, _text in steps for change in changes}
    for number, (changes, text) in enumerate(steps, 1):
        file = file.with_entry(Entry(TEN, "Jean DUPONT", changes=changes, text=text, ordinal=number))
    before, after = (one.text.front_matter.source.splitlines() for one in (course(), file))
    kept = [line for line in before if not any(line.strip().startswith(f"{key.rpartition('.')[2]}:") for key in named)]
    assert [line for line in after if line in kept] == kept


@fifty
@given(st.lists(entries, min_size=2, max_size=3), st.integers(0, 5))
def test_the_snapshot_is_a_function_of_the_set_of_entries(journal: list[Entry], number: int) -> None:
    def in_order(some: Iterable[Entry]) -> list[Entry]:
        return sorted(some, key=lambda entry: (entry.position, render_entry(entry).encode()))

    orders = list(permutations(journal))
    assert replay(in_order(orders[number % len(orders)])) == replay(in_order(journal))


# Adversarial files: nothing that a file holds may end a command.

atoms = st.sampled_from(
    [
        *LIKE_OURS,
        *(
            "\n",
            "\r\n",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            "'",
            '"',
            "|",
            ">",
            "&a ",
            "*a",
            "!!int ",
            "? ",
            "#",
            "%",
            "\t",
            "~",
        ),
        *("---\n", "...\n", "null", "requester:\n", "requester: {}\n", "tags: x\n", "opened_at: 2026-02-30\n", "\x00"),
        *("## Journal\n", "### 2026-01-15T09:15:00+01:00 · ", "- state: ", "- tags: ", " → ", " #2"),
    ]
)


@st.composite
def spoiled(draw: st.DrawFn) -> bytes:
    """The course's ticket after a few bad moments in an editor."""
    data = COURSE.replace("\n", draw(line_ends)).encode()
    for _moment in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.sampled_from([0, 0, 0, 1, 5, 40, 400]))
        middle = draw(st.one_of(atoms.map(str.encode), st.binary(max_size=4), st.just(data[start:end] * 2)))
        data = data[:start] + middle + data[end:]
    return data


def sound(data: bytes) -> Iterator[TicketFile]:
    """The file, when one may write on it; whatever else it is must be told and not raised."""
    try:
        file = TicketFile.parse(PATH, data)
    except UnreadableTicket as error:
        assert error.finding.severity == "error"
        assert str(error)
        return
    findings = list(file.findings())
    assert file.data == data
    assert all(0 <= finding.line <= data.count(b"\n") + 1 for finding in findings)
    try:
        file.ticket  # noqa: B018
        file.require_sound()
    except UnreadableTicket as error:
        assert error.finding in findings
        return
    list(discrepancies(file.ticket, bytes_of))
    yield file


@fifty
@given(
    st.one_of(spoiled(), st.binary(max_size=200), st.binary(max_size=60).map(lambda data: b"---\n" + data + b"\n---\n"))
)
def test_whatever_bytes_a_file_holds_it_is_a_ticket_or_told_as_none(data: bytes) -> None:
    for _file in sound(data):
        pass


@fifty
@given(spoiled(), entries, edits)
def test_a_spoiled_file_on_which_one_may_write_loses_nothing(
    data: bytes, entry: Entry, changes: tuple[Any, ...]
) -> None:
    for file in sound(data):
        entry = Entry(entry.at, entry.author, entry.level, entry.public, changes, entry.text, entry.ordinal)
        try:
            after = file.with_entry(entry)
        except UnreadableTicket as error:
            assert "cannot edit" in str(error)
            continue
        rest = file.text.body + file.text.journal
        assert (after.text.body + after.text.journal).startswith(rest)
        assert after.text.entries == (*file.text.entries, entry)
        assert TicketFile.parse(PATH, after.data).text.entries == after.text.entries
