"""Importing: tickets of another system become files of the desk, in one commit; what is there already stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tkt.desk.desk import Desk
from tkt.desk.recording import CommitMessage
from tkt.desk.writing import write_and_record
from tkt.domain.finding import Finding
from tkt.domain.identifier import number_of
from tkt.domain.ticket import Ticket
from tkt.language import _
from tkt.store.desk_folder import TICKETS
from tkt.store.ticket_file import TicketFile, new_ticket_file
from tkt.store.unreadable_ticket import UnreadableTicket

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did: ids added, ids that stood there already just so, and those that stand there otherwise."""

    added: tuple[str, ...]
    unchanged: tuple[str, ...]
    kept: tuple[Finding, ...]
    entries: int


def import_tickets(
    desk: Desk, tickets: Sequence[Ticket], source: str, *, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Write the tickets that the desk does not hold yet; one commit for all. A second import changes nothing.

    A number that the desk gave to another ticket (another `uid`), or an imported ticket that lived on here, is
    kept as it is and reported.
    """
    desk.require_writable()
    with desk.turn() as desk:
        report, files = _sort_out(desk, tickets, progress)
        if files and not dry_run:
            desk.recorder.prepare([path for path, _data in files])
            write_and_record(desk.root, desk.recorder, files, _message(desk, report, source), desk.frozen_at)
            desk.recorder.note_number(desk.root / TICKETS, max(map(number_of, report.added)))
    return report


def _sort_out(
    desk: Desk, tickets: Sequence[Ticket], progress: Progress | None
) -> tuple[ImportReport, list[tuple[Path, bytes]]]:
    files: list[tuple[Path, bytes]] = []
    added, unchanged, kept, entries = [], [], [], 0
    for number, ticket in enumerate(tickets, 1):
        path = desk.path(ticket.id)
        if not path.exists():
            files.append((path, new_ticket_file(desk.name_of(path), ticket.fields, ticket, "").data))
            added.append(ticket.id)
            entries += len(ticket.entries)
        elif (difference := _difference(desk, ticket)) is None:
            unchanged.append(ticket.id)
        else:
            kept.append(difference)
        if progress:
            progress(number, len(tickets))
    return ImportReport(tuple(added), tuple(unchanged), tuple(kept), entries), files


def _difference(desk: Desk, ticket: Ticket) -> Finding | None:
    """Why a ticket that stands on the desk is not the imported one, or None when its history holds all of it."""
    name = desk.name_of(desk.path(ticket.id))
    try:
        here: TicketFile = desk.load(ticket.id)
        if here.ticket.get("uid") != ticket.get("uid"):
            return Finding(name, 0, "warning", "number-taken", _("the desk gave this number to another ticket: kept"))
        if here.ticket.entries[: len(ticket.entries)] != ticket.entries:
            return Finding(name, 0, "warning", "differs", _("stands here with another history: kept"))
    except UnreadableTicket as error:
        return error.finding
    return None


def _message(desk: Desk, report: ImportReport, source: str) -> CommitMessage:
    trailers = [("Import", source), ("Entry-By", str(desk.recorder.identity()))]
    trailers += [("Clock", "frozen")] if desk.frozen else []
    return CommitMessage(f"import {source}: {len(report.added)} tickets", tuple(trailers))
