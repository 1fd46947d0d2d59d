"""Redaction: what is personal goes from a ticket's working files, and one new entry says what went and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.desk.redacted_attachments import Attachments, redacted_attachments
from tkt.desk.redaction_request import RedactionRequest, read_fields, require_words
from tkt.desk.said import Said
from tkt.desk.undoing import FileWrite
from tkt.desk.writing import Done, Step, add_entries, save
from tkt.domain.attachment import Attached
from tkt.domain.entry import FieldChange
from tkt.domain.redaction import KEY, MARKER, place_of
from tkt.domain.sought import Sought
from tkt.domain.ticket import Ticket
from tkt.domain.words import fold
from tkt.errors import NoSuchThing, RuleRefuses
from tkt.language import _
from tkt.metrics.history import HistoryReader
from tkt.metrics.period import Period
from tkt.store.redacted_ticket import parts_redacted, redacted_file
from tkt.store.ticket_file import TicketFile

# Shorter than that, what is alike would be everywhere.
_SHORTEST_ALIKE = 3
# The desk's own lists, which are none of a ticket's: what they say of a person stays until somebody edits them.
_LISTS = ("people.csv", "tkt.yaml")


class NothingToRedact(NoSuchThing):
    """What was named stands nowhere in the ticket, or is unreadable already."""


class WouldCountOtherwise(RuleRefuses):
    """Without what was named, two people are one, and the ticket's clocks or indicators would say something else."""


class OwnName(RuleRefuses):
    """The entry and the commit that record a redaction would hold what it takes out."""


class Line(NamedTuple):
    """A line of a file as it will be."""

    path: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Redaction:
    """What a redaction takes out of a ticket.

    `parts`: keys, sections, attachments and places of entries, as its entry names them. `places`: how many stretches.
    `alike`: parts that still hold something that differs in case, accents or blanks only, or the value of a field in
    other words' midst. `lists`: the desk's own files that still hold it. `unsearched`: attachments that are no text.
    """

    ticket_id: str
    before: TicketFile
    after: TicketFile
    attachments: Attachments
    parts: tuple[str, ...]
    alike: tuple[str, ...]
    lists: tuple[str, ...]

    @property
    def places(self) -> int:
        """How many stretches of the ticket's file and of its attachments give way."""
        files = [(self.before.data, self.after.data), *((one.before, one.after) for one in self.attachments.changed)]
        marker = MARKER.encode()
        return sum(max(after.count(marker) - before.count(marker), int(before != after)) for before, after in files)

    @property
    def unsearched(self) -> tuple[str, ...]:
        """The attachments in which no words can be looked for."""
        return self.attachments.unsearched

    def lines(self) -> Iterator[Line]:
        """The lines of the ticket's file that hold a marker which was not there."""
        known = Counter(str(self.before.text).splitlines())
        for number, line in enumerate(str(self.after.text).splitlines(), 1):
            known[line] -= 1
            if known[line] < 0 and MARKER in line:
                yield Line(self.after.path, number, line)


def look(desk: Desk, ticket_id: str, request: RedactionRequest) -> Redaction:
    """What a redaction would take out; nothing is written.

    Raises NothingToRedact, PartOfTheStructure, WouldCountOtherwise, OwnName, and what the request itself gets wrong.
    """
    request.require_something(ticket_id)
    file = desk.load(ticket_id)
    ticket = file.require_sound()
    fields = read_fields(ticket, request.fields)
    sought = Sought.of(require_words(request.texts), fields, _values(ticket))
    attachments = redacted_attachments(desk.root, ticket_id, sought, request.attachments)
    after = redacted_file(file, sought, attachments.names)
    _require_found(desk, ticket_id, file, after, fields, sought, attachments)
    _require_same_figures(desk, ticket, after.ticket)
    gone = [*sought.texts, *_of_fields(ticket, fields)]
    _require_other_recorder(desk, gone)
    request.require_clean_reason(gone)
    changed = [f"attachment {one.new_name}" for one in attachments.changed]
    parts = (*parts_redacted(file, after), *changed)
    return Redaction(ticket_id, file, after, attachments, parts, tuple(_alike(after, gone)), _lists(desk, gone))


def redact(desk: Desk, ticket_id: str, request: RedactionRequest) -> tuple[Redaction, Done]:
    """Take personal data out of a ticket and its attachments, in one commit with the entry that says so.

    Raises what `look` raises, and Missing without a reason.
    """
    desk.require_writable()
    request.require_reason(ticket_id)
    with desk.turn() as desk:
        desk.recorder.prepare([desk.path(ticket_id)])
        found = look(desk, ticket_id, request)
        moved = [path for one in found.attachments.changed for path in (one.path, one.goal)]
        desk.recorder.prepare(list(dict.fromkeys(moved)))
        step = Step("redact", tuple(_facts(found)))
        said = Said(text=request.why, public=False)
        done = add_entries(desk, found.after, found.before.ticket, said, desk.keyboard, [step])
        save(desk, [done], list(_writes(found)))
    return found, done


def _facts(found: Redaction) -> Iterator[FieldChange]:
    yield from (FieldChange(KEY, part) for part in found.parts)
    for one in found.attachments.changed:
        if one.before != one.after:
            yield FieldChange("attached", str(Attached.of(one.new_name, one.after)))


def _writes(found: Redaction) -> Iterator[FileWrite]:
    for one in found.attachments.changed:
        yield one.goal, one.after
        if one.goal != one.path:
            yield one.path, None


def _values(ticket: Ticket) -> Iterator[tuple[str, str]]:
    """Every single value that the ticket has or had."""
    yield from ticket.fields.items()
    for entry in ticket.entries:
        for change in entry.field_changes():
            yield change.key, change.old
            yield change.key, change.new


def _of_fields(ticket: Ticket, fields: Sequence[str]) -> list[str]:
    """The values of fields that are no code word or scrap."""
    values = dict.fromkeys(value for key, value in _values(ticket) if key in fields)
    return [value for value in values if len(value) >= _SHORTEST_ALIKE and value != MARKER]


def _require_found(
    desk: Desk,
    ticket_id: str,
    before: TicketFile,
    after: TicketFile,
    fields: Sequence[str],
    sought: Sought,
    attachments: Attachments,
) -> None:
    """Every option has something to take out; raises NothingToRedact."""
    for key in fields:
        if all(value in ("", MARKER) for name, value in _values(before.ticket) if name == key):
            raise NothingToRedact(_("{id}: “{key}” holds nothing that could go.").format(id=ticket_id, key=key))
    for number, text in enumerate(sought.texts, 1):
        alone = Sought((text,))
        in_files = redacted_attachments(desk.root, ticket_id, alone, ()).changed
        if not in_files and redacted_file(before, alone, {}).data == before.data:
            message = _(
                "{id}: text {number} stands nowhere in it, as it is written: capitals, accents and blanks count."
            )
            raise NothingToRedact(message.format(id=ticket_id, number=number))
    if before.data == after.data and not attachments.changed:
        raise NothingToRedact(_("{id}: nothing is left to redact there.").format(id=ticket_id))


def _require_same_figures(desk: Desk, before: Ticket, after: Ticket) -> None:
    """Names serve to tell people apart: the requester's answer from the desk's, one assignee from another."""
    if _figures(desk, before) != _figures(desk, after):
        message = _(
            "{id}: without it two people could not be told apart any more, and its clocks or indicators would change: "
            "let a part of each name stand (--text with the surname alone)."
        )
        raise WouldCountOtherwise(message.format(id=before.id))


def _figures(desk: Desk, ticket: Ticket) -> object:
    end = max([desk.now, *(entry.at for entry in ticket.entries)])
    read = HistoryReader((ticket,), desk.agreements).read(Period(None, end, "", open_end=True))
    return [
        # Of the timeline all but its first part, the ticket itself.
        (one.timeline[1:], one.clocks, one.stayed_with_one, one.first_contact, one.rating, one.rises)
        for one in read
    ]


def _require_other_recorder(desk: Desk, gone: Sequence[str]) -> None:
    who = desk.keyboard
    if any(text in name for text in gone for name in (who.name, who.email)):
        message = _("The entry that records a redaction bears your name: let somebody else take yours out.")
        raise OwnName(message)


def _alike(after: TicketFile, gone: Sequence[str]) -> Iterator[str]:
    """The parts of a ticket that still show something much like what went."""
    wanted = [fold(text) for text in gone if len(fold(text)) >= _SHORTEST_ALIKE]
    for part, text in _shown(after):
        folded = fold(text)
        if any(one in folded for one in wanted):
            yield part


def _shown(file: TicketFile) -> Iterator[tuple[str, str]]:
    yield from ((key, value) for key, value in file.ticket.fields.items())
    yield from (("tags", tag) for tag in file.ticket.tags)
    for number, block in enumerate(file.text.blocks()):
        # Its title may be what is much like what went.
        name = block.title.lower() if block.title in ("Description", "Actions") else f"section {number}"
        yield name, f"{block.title}\n{file.text.text_of(block)}"
    for entry in file.ticket.entries:
        values = [part for change in entry.field_changes() for part in (change.old, change.new)]
        yield place_of(entry), "\n".join([entry.author, *values, entry.text])


def _lists(desk: Desk, gone: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in _LISTS if _holds(desk, name, gone))


def _holds(desk: Desk, name: str, gone: Sequence[str]) -> bool:
    try:
        text = (desk.root / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return any(one in text for one in gone)
