"""Reading a ticket's file without its words: it says what the lossless reader says, or nothing at all."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.service_level.test_verdict_laws import lives, ticket_of
from tests.store.course_ticket import COURSE, course
from tests.store.hand_written import TAGS, VALUES
from tests.store.test_plain_front_matter import SIGNS
from tests.store.texts import LIKE_OURS, entries, fifty, texts
from tests.torture import reached, scaled
from tkt.domain.entry import Entry
from tkt.domain.keys import KEYS
from tkt.domain.ticket import Ticket
from tkt.store.index.plain_move import move_of
from tkt.store.index.plain_ticket import Wordless, read_wordless
from tkt.store.ticket_file import TicketFile, new_ticket_file
from tkt.store.unreadable_ticket import UnreadableTicket

_FRONT, _BODY = COURSE.split("\n---\n", 1)
lines = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(sorted(KEYS)), st.sampled_from([*VALUES, *SIGNS, "P1", "closed"])),
    st.builds("{}: [{}]".format, st.sampled_from(["tags", "links", "via", "couleur"]), st.sampled_from(TAGS)),
    st.sampled_from(["requester:", "requester: []", "tags:", 'tags: ""', "x_a:", "  b: c", "# note", "", "via: ''"]),
)
ends = st.sampled_from(["\n", "\r\n"])


def in_full(text: str) -> Ticket | None:
    """What the lossless reader makes of a file; None for no ticket at all."""
    try:
        return TicketFile.parse("", text.encode()).ticket
    except UnreadableTicket:
        return None


def wordless(ticket: Ticket) -> tuple[Entry, ...]:
    return tuple(replace(entry, text="") for entry in ticket.entries)


def says_the_same(read: Wordless, ticket: Ticket | None) -> bool:
    if ticket is None:
        return False
    sets = tuple(read.lists.get(key, ()) for key in ticket.sets)
    moves = tuple(move_of(plain) for plain in read.moves)
    fields = list(read.fields.items()) == list(ticket.fields.items())
    return fields and sets == tuple(ticket.sets.values()) and moves == wordless(ticket)


@fifty
@given(st.lists(lines, max_size=3), st.integers(0, 20), st.lists(st.sampled_from(LIKE_OURS), max_size=6), ends)
def test_of_a_file_written_by_hand_it_says_what_stands_there_or_nothing(
    added: list[str], at: int, said: list[str], end: str
) -> None:
    front = _FRONT.split("\n")
    at = min(max(at, 1), len(front))
    text = "\n".join([*front[:at], *added, *front[at:], "---", _BODY + "\n".join(said)]).replace("\n", end)
    read = read_wordless(text)
    assert read is None or says_the_same(read, in_full(text))


@fifty
@given(st.lists(entries, max_size=4), texts)
def test_of_what_tkt_writes_it_says_what_stands_there_or_nothing(journal: list[Entry], text: str) -> None:
    file = course()
    for number, entry in enumerate(journal, 1):
        file = file.with_entry(replace(entry, at=file.text.entries[-1].at, ordinal=number + 1, text=text))
    whole = file.data.decode()
    read = read_wordless(whole)
    assert read is None or says_the_same(read, in_full(whole))


@given(lives())
def test_it_reads_the_tickets_that_tkt_writes(lived: tuple[list[object], int]) -> None:
    ticket = replace(course().ticket, entries=ticket_of(lived[0]).entries)  # type: ignore[arg-type]
    text = new_ticket_file("", dict(ticket.fields), ticket, "").data.decode()
    read = read_wordless(text)
    assert read is not None and says_the_same(read, in_full(text))


def test_a_list_where_one_value_belongs_is_left_to_the_reader_that_can_say_so() -> None:
    assert read_wordless(COURSE) is not None
    assert read_wordless(COURSE.replace("asset: PC-COMPTA-015", "asset: [PC-COMPTA-015]")) is None


def test_a_file_with_other_line_ends_or_a_mark_before_it_is_left_to_the_lossless_reader() -> None:
    assert read_wordless(COURSE.replace("\n", "\r\n")) is None
    assert read_wordless("\ufeff" + COURSE) is None


def test_no_day_that_is_none_passes_for_an_instant() -> None:
    assert read_wordless(COURSE.replace("### 2026-01-15T09:30:00", "### 2026-02-30T09:30:00")) is None


def test_cut_anywhere_it_says_what_stands_there_or_nothing() -> None:
    step = scaled(7, 1)
    cuts = range(0, len(COURSE), step)
    wrong = [
        cut for cut in cuts if (read := read_wordless(COURSE[:cut])) and not says_the_same(read, in_full(COURSE[:cut]))
    ]
    reached("wordless-reading", cuts=len(cuts), wrong=len(wrong))
    assert wrong == []
