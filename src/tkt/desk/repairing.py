"""Putting right what a merge without tkt's driver made of a ticket's file, so that nothing of either side is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.desk.merge_traces import MergeTraces, Sides, parted, read, texts_of
from tkt.desk.opening import next_number
from tkt.desk.recording import CommitMessage, NoRecorder
from tkt.desk.renumbering import rewritten
from tkt.desk.repair_words import of_entries, of_snapshot
from tkt.desk.undoing import FileWrite
from tkt.desk.writing import Done, message_of, write_and_record
from tkt.domain.attachment import read_attached
from tkt.domain.identifier import make_id
from tkt.domain.quotation import quoted
from tkt.errors import Unreadable
from tkt.language import _, reason_of
from tkt.store.bounded_file import read_file
from tkt.store.desk_folder import attachment_folder, remove_file, replace_file, require_inside
from tkt.store.front_matter import UneditableFrontMatter
from tkt.store.merging.journal_merge import is_sound
from tkt.store.merging.ticket_merge import DifferentTickets, MergeLines, merge_tickets
from tkt.store.ticket_file import LARGEST, TicketFile
from tkt.store.ticket_repair import with_keys_once, with_snapshot, with_united_journal

_SHOWN = 3
# Both sides whole, with what they grew from between them.
_MOST_BYTES = 4 * LARGEST


class CannotRead(Unreadable):
    """A file that cannot be opened, or is no file."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done to one ticket, in sentences; `left`: what nobody but a person can decide, and stands in the file.

    `files` are those written, of which the ticket's own comes first; none where there was nothing to put right.
    """

    id: str
    files: tuple[FileWrite, ...] = ()
    done: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    renumbered: Done | None = None


@dataclass(frozen=True, slots=True)
class RepairReport:
    """What was done to each ticket; `under_way` is git's word for what is not ended and took it in, "" for none."""

    tickets: tuple[Repaired, ...]
    under_way: str

    @property
    def undecided(self) -> bool:
        """Whether a person has to decide something."""
        return any(ticket.left for ticket in self.tickets)


def repair(desk: Desk, ids: Sequence[str], traces: MergeTraces, merge_lines: MergeLines) -> RepairReport:
    """Put right the files of tickets, in one commit of those that need nobody's decision.

    Within a merge that is not ended, they are put into it. Raises what reading a file raises: UnreadableTicket where
    nothing tells any more what it held, UnclearMarkers, CannotRead.
    """
    desk.require_writable()
    with desk.turn() as desk:
        repairer = _Repairer(desk, traces, merge_lines)
        found = [repairer.repaired(one) for one in ids]
        _write(desk, traces, found)
    return RepairReport(tuple(found), traces.under_way())


class _Mended(NamedTuple):
    file: TicketFile
    done: list[str]
    left: list[str]


@dataclass(frozen=True, slots=True)
class _Repairer:
    desk: Desk
    traces: MergeTraces
    merge_lines: MergeLines

    def repaired(self, ticket_id: str) -> Repaired:
        path = self.desk.path(ticket_id)
        name, data = self.desk.name_of(path), _bytes_of(self.desk, path)
        stages, merges = self.traces.unmerged(path), self.traces.merges(path)
        known = [*([stages] if stages else []), *merges]
        sides = parted(name, data, stages, merges)
        if sides and sides.ours and sides.theirs:
            try:
                merged = merge_tickets(sides.base, sides.ours, sides.theirs, self.merge_lines)
            except DifferentTickets:
                return self._two_tickets(ticket_id, known, sides)
            done = [_("the two sides of a merge are united")]
            if merged.conflicts:
                left = _("both sides changed {what}: settle it between the marks, and save").format(
                    what=", ".join(merged.conflicts)
                )
                return Repaired(ticket_id, _written(path, merged.data, data), tuple(done), (left,))
            mended = self._mended(read(name, merged.data), known)
            mended.done[:0] = done
        else:
            mended = self._mended(read(name, data), known)
        files = _written(path, mended.file.data, data)
        if stages and not files and not mended.left:
            files = ((path, data),)  # a person settled it by hand: the merge is yet to be told
        return Repaired(ticket_id, files, tuple(mended.done), tuple(mended.left))

    def _mended(self, file: TicketFile, known: Sequence[Sides]) -> _Mended:
        """A file that can be read, with its keys once, its entries whole and in order, and the snapshot they give."""
        merges = list(texts_of(file.path, file.text.front_matter.fields.get("uid", ""), known))
        keyed = with_keys_once(file.text, merges)
        done = [
            _("{key} stood twice: {value} stands").format(key=key, value=quoted(value))
            for key, value in keyed.kept.items()
        ]
        if keyed.disputed:
            left = _("{keys} stood twice, and both sides changed it: settle it between the marks, and save")
            return _Mended(TicketFile(file.path, keyed.text), done, [left.format(keys=", ".join(keyed.disputed))])
        if not is_sound(keyed.text):
            unread = (flaw.message for flaw in keyed.text.flaws() if flaw.severity == "error")
            return _Mended(TicketFile(file.path, keyed.text), done, list(unread))
        united = with_united_journal(keyed.text, merges)
        done += of_entries(keyed.text.entries, united.entries)
        try:
            after = with_snapshot(united)
        except UneditableFrontMatter as error:
            return _Mended(TicketFile(file.path, united), done, [str(error)])
        done += of_snapshot(united.front_matter, after.front_matter)
        return _Mended(TicketFile(file.path, after), done, [])

    def _two_tickets(self, ticket_id: str, known: Sequence[Sides], sides: Sides) -> Repaired:
        """Two tickets that were given one number: the one opened earlier keeps it, the other gets its own."""
        assert sides.ours and sides.theirs
        path = self.desk.path(ticket_id)
        name = self.desk.name_of(path)
        both = [self._mended(read(name, data), known) for data in (sides.ours, sides.theirs)]
        first, second = sorted(both, key=lambda one: (one.file.ticket.opened_at, one.file.ticket.get("uid")))
        new_id = make_id(ticket_id[:3], next_number(self.desk))
        moved = rewritten(self.desk, second.file, {ticket_id: new_id})
        told = _("two tickets had this number: the one opened later, {title}, is {id} now")
        files: list[FileWrite] = [(path, first.file.data), (self.desk.root / moved.file.path, moved.file.data)]
        return Repaired(
            ticket_id,
            (*files, *self._attachments(first.file, second.file, ticket_id, new_id)),
            (told.format(title=quoted(moved.after.title), id=new_id), *first.done, *second.done),
            (*first.left, *second.left),
            moved,
        )

    def _attachments(self, first: TicketFile, second: TicketFile, old: str, new: str) -> Iterator[FileWrite]:
        """The files beside the ticket that only the one with a new number tells of go with it."""
        here, there = attachment_folder(self.desk.root, old), attachment_folder(self.desk.root, new)
        for name in sorted(_attached(second) - _attached(first)):
            path = here / name
            if path.is_file() and not path.is_symlink():
                yield there / name, path.read_bytes()
                yield path, None


def _attached(file: TicketFile) -> set[str]:
    facts = (change.new for entry in file.text.entries for change in entry.field_changes() if change.key == "attached")
    return {told.name for told in map(read_attached, facts) if told and "/" not in told.name}


def _bytes_of(desk: Desk, path: Path) -> bytes:
    require_inside(desk.root, path)
    try:
        return read_file(path, _MOST_BYTES)
    except OSError as error:
        raise CannotRead(_("{path} cannot be read: {why}.").format(path=path, why=reason_of(error))) from error


def _written(path: Path, data: bytes, before: bytes) -> tuple[FileWrite, ...]:
    return ((path, data),) if data != before else ()


def _write(desk: Desk, traces: MergeTraces, found: Sequence[Repaired]) -> None:
    """Those that need a person are written and no more; the others are recorded, or put into what is not ended."""
    decided = [one for one in found if one.files and not one.left]
    for one in found:
        if one.left:
            _place(one.files)
    files = [file for one in decided for file in one.files]
    leaves_commit = isinstance(desk.recorder, NoRecorder)
    if traces.under_way() and not leaves_commit:
        _place(files)
        traces.take_in([path for path, _data in files])
        return
    recorded = [(path, data) for path, data in files if traces.committed(path) != data]
    if recorded:
        write_and_record(desk.root, desk.recorder, recorded, _message(desk, decided), desk.frozen_at)
    # What the last commit holds already is put back as it stands there, in the index too.
    others = [file for file in files if file not in recorded]
    _place(others)
    traces.take_in([] if leaves_commit else [path for path, _data in others])


def _place(files: Iterable[FileWrite]) -> None:
    for path, data in files:
        remove_file(path) if data is None else replace_file(path, data)


def _message(desk: Desk, decided: Sequence[Repaired]) -> CommitMessage:
    ids = [one.id for one in decided]
    trailers: list[tuple[str, str]] = []
    for one in decided:
        trailers.append(("Ticket", one.id))
        if one.renumbered:
            trailers += [pair for pair in message_of(desk, [one.renumbered]).trailers if pair[0] != "Clock"]
    trailers += [("Clock", "frozen")] if desk.frozen else []
    body = "\n".join(f"{one.id}: {sentence}" for one in decided for sentence in one.done)
    more = f" (+{len(ids) - _SHOWN})" if len(ids) > _SHOWN else ""
    return CommitMessage(f"{', '.join(ids[:_SHOWN])}{more}: repaired", tuple(trailers), body)
