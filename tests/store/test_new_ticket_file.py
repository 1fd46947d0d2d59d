"""A ticket's first file: what was typed, read back by us and by other tools."""

from __future__ import annotations

import frontmatter
from hypothesis import given
from hypothesis import strategies as st

from tests.store.course_ticket import COURSE, PATH, course
from tests.store.texts import LIKE_OURS, fifty, instants, texts, words
from tkt.domain.consistency import discrepancies
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.instant import write_instant
from tkt.domain.keys import FRONT_MATTER, MOVED
from tkt.domain.ticket import Ticket
from tkt.store.journal_text import bytes_of
from tkt.store.ticket_file import TicketFile, new_ticket_file, sections_of

REQUIRED = {
    "id": "INC0000001",
    "uid": "0123456789",
    "type": "incident",
    "title": "a",
    "requester.name": "b",
    "impact": "low",
    "urgency": "low",
    "priority": "P4",
    "state": "new",
}
free = ("title", "requester.name", "requester.phone", "asset", "category", "assignee", "group", "code", "x_a", "x_b.c")
bodies = st.one_of(texts, st.lists(st.sampled_from(LIKE_OURS), max_size=5).map("\n".join))


@st.composite
def tickets(draw: st.DrawFn) -> Ticket:
    """A ticket as it is opened, whatever was typed."""
    said = draw(st.dictionaries(st.sampled_from(free), words.filter(bool)))
    at = draw(instants)
    fields = {**REQUIRED, **said, "opened_at": write_instant(at)}
    opening = Entry(
        at, "Jean DUPONT", changes=tuple(FieldChange(k, fields[k]) for k in MOVED if k in fields), text=draw(texts)
    )
    tags = tuple(draw(st.lists(words, max_size=3, unique=True)))
    return Ticket(fields, at, (opening,), tags, ("caused-by:PRB0000007",), draw(bodies), draw(bodies))


@fifty
@given(tickets())
def test_a_new_file_says_what_was_typed_and_nothing_is_wrong_with_it(ticket: Ticket) -> None:
    file = new_ticket_file(PATH, ticket.fields, ticket, sections_of(ticket.description, ticket.actions))
    assert TicketFile.parse(PATH, file.data).require_sound() == ticket
    assert list(discrepancies(file.ticket, bytes_of)) == []
    assert list(file.findings()) == []


@fifty
@given(tickets())
def test_python_frontmatter_reads_the_same_values(ticket: Ticket) -> None:
    file = new_ticket_file(PATH, ticket.fields, ticket, sections_of(ticket.description))
    read = frontmatter.loads(file.data.decode()).metadata
    assert read.pop("opened_at") == ticket.opened_at
    assert read.pop("tags", []) == list(ticket.tags)
    assert read.pop("links") == ["caused-by:PRB0000007"]
    flat = {
        f"{key}.{child}" if child else key: text
        for key, value in read.items()
        for child, text in (value.items() if isinstance(value, dict) else [("", value)])
    }
    assert flat == {key: value for key, value in ticket.fields.items() if key != "opened_at"}


@fifty
@given(bodies)
def test_a_body_from_an_editor_stands_in_the_new_file_and_hides_no_journal(body: str) -> None:
    ticket = course().ticket
    file = new_ticket_file(PATH, ticket.fields, ticket, body)
    assert file.text.entries == ticket.entries
    assert body.strip("\n").replace("## Journal", "") in str(file.text).replace("\\## Journal", "").replace(
        "## Journal", ""
    )


def test_the_keys_of_a_new_file_stand_in_the_order_of_the_format() -> None:
    ticket = course().ticket
    fields = dict(reversed(ticket.fields.items()))
    file = new_ticket_file(PATH, fields, ticket, sections_of(ticket.description, ticket.actions))
    assert str(file.text) == COURSE
    assert [key for key in file.text.front_matter.fields if key in FRONT_MATTER] == [
        k for k in FRONT_MATTER if k in fields
    ]
