"""Running the desk's own rules: many tickets to a commit, as often and in as many clones as one likes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta

from tkt.desk.desk import Desk
from tkt.desk.writing import Done, message_of, write_and_record
from tkt.domain.automatic import Act, LeftOut, Run, Written
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.instant import fixed
from tkt.domain.journal import next_position
from tkt.domain.ticket import Ticket
from tkt.errors import RuleRefuses, TktError
from tkt.store import desk_folder

# What is to be done next to a ticket as it stands, None for nothing; asked again once that is done.
Decide = Callable[[Desk, Ticket], Act | None]
# Nobody else can write while a commit of them is made, and what is killed meanwhile is undone.
_A_COMMIT = 200
_SLOT = 5 * 60


def carry_out(desk: Desk, ids: Sequence[str], states: Collection[str], decide: Decide, *, dry_run: bool = False) -> Run:
    """Let `decide` say what is to be done to each ticket in one of `states` (of those named, or of all), and write it.

    A ticket that cannot be read or written is left out, with its reason, and hides no other. `dry_run`: nothing is
    written. What is decided is decided again when it is this command's turn: of two at once, the second finds it done.
    """
    if not dry_run:
        desk.require_writable()
    left_out: list[LeftOut] = []
    waiting = list(_with_something_to_do(desk, ids, states, decide, left_out))
    written: list[Written] = []
    for start in range(0, len(waiting), _A_COMMIT):
        some = waiting[start : start + _A_COMMIT]
        run = _tried(desk, some, decide)[0] if dry_run else _written(desk, some, decide)
        written += run.written
        left_out += run.left_out
    return Run(tuple(written), tuple(sorted(left_out, key=lambda one: one.ticket_id)))


def _with_something_to_do(
    desk: Desk, ids: Sequence[str], states: Collection[str], decide: Decide, left_out: list[LeftOut]
) -> Iterator[str]:
    everyone = sorted(ids or desk_folder.ids(desk.root))
    for number, ticket_id in enumerate(everyone, 1):
        if desk.progress:
            desk.progress(number, len(everyone))
        try:
            file = desk.load(ticket_id)
            # Most tickets are long closed: their journals need not be read.
            if file.text.front_matter.fields.get("state") in states and decide(desk, file.ticket) is not None:
                yield ticket_id
        except TktError as error:
            left_out.append(LeftOut(ticket_id, error))


def _written(desk: Desk, ids: Sequence[str], decide: Decide) -> Run:
    """One commit of what is to be done to these tickets."""
    with desk.turn() as desk:
        left_out: list[LeftOut] = []
        run, done = _tried(desk, list(_recordable(desk, ids, left_out)), decide)
        if done:
            # Not `save`: the person at the keyboard touched none of them, and `@` stays what it was.
            files = [(desk.root / one.file.path, one.file.data) for one in done]
            write_and_record(desk.root, desk.recorder, files, message_of(desk, done), desk.frozen_at)
    return run._replace(left_out=(*left_out, *run.left_out))


def _recordable(desk: Desk, ids: Sequence[str], left_out: list[LeftOut]) -> Iterator[str]:
    """Those of the tickets whose files could be recorded; where none stands in the way, git is asked once."""
    try:
        desk.recorder.prepare([desk.path(one) for one in ids])
    except RuleRefuses as refusal:
        if len(ids) == 1:
            left_out.append(LeftOut(ids[0], refusal))
            return
        half = len(ids) // 2
        yield from _recordable(desk, ids[:half], left_out)
        yield from _recordable(desk, ids[half:], left_out)
    else:
        yield from ids


def _tried(desk: Desk, ids: Sequence[str], decide: Decide) -> tuple[Run, list[Done]]:
    """What is to be done to the tickets, with their files as they would be (nothing is on disk yet)."""
    written: list[Written] = []
    left_out: list[LeftOut] = []
    done: list[Done] = []
    for ticket_id in ids:
        try:
            one, entries = _changed(desk, ticket_id, decide)
        except TktError as error:
            left_out.append(LeftOut(ticket_id, error))
            continue
        done += [one] if entries else []
        written += entries
    return Run(tuple(written), tuple(left_out)), done


def _changed(desk: Desk, ticket_id: str, decide: Decide) -> tuple[Done, list[Written]]:
    """A ticket with all that is to be done to it: an act may bring it to the next one."""
    file = desk.load(ticket_id)
    before = file.require_sound()
    written: list[Written] = []
    while (act := decide(desk, file.ticket)) is not None:
        entry = entry_of(desk, file.ticket, act)
        file = file.with_entry(entry)
        written.append(Written(file.ticket, act, entry))
    entries = tuple(one.entry for one in written)
    return Done(before, file.ticket, entries, file, tuple(one.act.rule for one in written)), written


def entry_of(desk: Desk, ticket: Ticket, act: Act) -> Entry:
    """The entry of an act, the same to the byte wherever it is written.

    So it does not say who had the rule run: their commit does.
    """
    at, ordinal = next_position(ticket.entries, _stamp(desk, ticket, act.reached))
    changes = (*act.changes, FieldChange("automatic", act.rule))
    return Entry(at, desk.settings.automatic_author, "", act.public, changes, act.text, ordinal)


def _stamp(desk: Desk, ticket: Ticket, reached: datetime) -> datetime:
    """When the act was due, or the last entry's instant; further back than entries may reach, now.

    Even then two clones that run at about the same time agree: it is the last full five minutes.
    """
    due = fixed(reached.astimezone(desk.settings.timezone))
    due = max(due, ticket.entries[-1].at) if ticket.entries else due
    limit = desk.settings.backdate_limit
    if desk.now - due <= timedelta(seconds=limit):
        return due
    slot = min(_SLOT, limit) or 1
    return fixed(datetime.fromtimestamp(int(desk.now.timestamp()) // slot * slot, desk.settings.timezone))
