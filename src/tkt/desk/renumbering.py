"""Giving a ticket another number: only one that nobody else has seen, and whose number is somebody else's too."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from tkt.desk.desk import Desk
from tkt.desk.opening import next_number
from tkt.desk.said import Said
from tkt.desk.writing import Done, Step, add_entries, message_of, write_and_record
from tkt.domain.entry import Change, FieldChange, SetChange
from tkt.domain.identifier import make_id, number_of
from tkt.domain.ticket import Ticket
from tkt.store.desk_folder import attachment_folder
from tkt.store.ticket_file import TicketFile

# Why the entry was written by a rule: the fact `automatic` says so.
_RULE = "sync"


def misnumbered(
    mine: Mapping[str, str], theirs: Mapping[str, str], reserved: Sequence[tuple[int, int]]
) -> dict[str, str]:
    """Which tickets need another number, with the id they have elsewhere ("" where they have none yet).

    `mine` are the tickets (uid by id) that were opened here since this desk and the others last agreed, `theirs` those
    opened elsewhere, `reserved` the ranges that others have reserved. A ticket that the others know under its number
    keeps it.
    """
    numbers = {number_of(one) for one in theirs}
    elsewhere = {uid: one for one, uid in theirs.items()}
    found = {}
    for ticket_id, uid in sorted(mine.items()):
        number = number_of(ticket_id)
        known_as = elsewhere.get(uid, "")
        is_taken = number in numbers or any(first <= number <= last for first, last in reserved)
        if known_as != ticket_id and (known_as or is_taken):
            found[ticket_id] = known_as
    return found


def renumber(desk: Desk, wanted: Mapping[str, str], touched: Iterable[str], taken: Collection[int]) -> dict[str, str]:
    """Move tickets to other numbers in one commit, and the links to them; the new id of each by its old one.

    `wanted` is as `misnumbered` says; `touched` are the tickets among which links to them may stand; `taken` are the
    numbers that tickets elsewhere have. Each old number stays as an alias. The lock is held. Raises UnreadableTicket
    where a file cannot be written on, and what the recorder refuses.
    """
    moved = {old: new or make_id(old[:3], next_number(desk, taken)) for old, new in wanted.items()}
    done = [
        one
        for ticket_id in sorted({*touched, *moved})
        if desk.path(ticket_id).is_file() and (one := rewritten(desk, desk.load(ticket_id), moved)).entries
    ]
    attached = list(_attachments(desk, moved))
    # What goes comes first: one ticket may take the place that another one leaves.
    files: dict[Path, bytes | None] = dict.fromkeys([*map(desk.path, moved), *(old for old, _new in attached)])
    files |= {desk.root / one.file.path: one.file.data for one in done}
    files |= {new: old.read_bytes() for old, new in attached}
    desk.recorder.prepare(list(files))
    write_and_record(desk.root, desk.recorder, list(files.items()), message_of(desk, done), desk.frozen_at)
    last = desk.recorder.recall()
    if last in moved:
        desk.recorder.remember(moved[last])
    return moved


def rewritten(desk: Desk, file: TicketFile, moved: Mapping[str, str]) -> Done:
    """A ticket under its new number, and with links to those of others (nothing is on disk yet).

    Raises UnreadableTicket where its file cannot be written on.
    """
    ticket = file.require_sound()
    changes = _changes(ticket, moved)
    if not changes:
        return Done(ticket, ticket, (), file)
    if ticket.id in moved:
        file = file.moved_to(desk.name_of(desk.path(moved[ticket.id])), moved[ticket.id])
    verb = f"was {ticket.id}" if ticket.id in moved else "link"
    return add_entries(desk, file, ticket, Said(), desk.keyboard, [Step(verb, changes)])


def _changes(ticket: Ticket, moved: Mapping[str, str]) -> tuple[Change, ...]:
    links = [
        (link, f"{kind}:{moved[other]}")
        for link in ticket.links
        for kind, _colon, other in [link.partition(":")]
        if other in moved
    ]
    changes: list[Change] = [SetChange("aliases", (ticket.id,))] if ticket.id in moved else []
    if links:
        changes.append(SetChange("links", tuple(new for _old, new in links), tuple(old for old, _new in links)))
    return (*changes, FieldChange("automatic", _RULE)) if changes else ()


def _attachments(desk: Desk, moved: Mapping[str, str]) -> Iterable[tuple[Path, Path]]:
    """Where each file beside a renumbered ticket lies, and where it goes."""
    for old, new in moved.items():
        here, there = attachment_folder(desk.root, old), attachment_folder(desk.root, new)
        for path in sorted(here.rglob("*")) if here.is_dir() and not here.is_symlink() else ():
            if path.is_file() and not path.is_symlink():
                yield path, there / path.relative_to(here)
