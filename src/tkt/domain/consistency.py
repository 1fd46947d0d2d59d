"""What a ticket's journal and its snapshot must agree on: order, opening entry, legal words, replay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, pairwise

from tkt.domain.concurrency import Move, unsettled_among
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.facts import fault_of_fact
from tkt.domain.instant import write_instant
from tkt.domain.journal import Replay, replay
from tkt.domain.keys import KEYS, MOVED, REQUIRED, kind_of
from tkt.domain.quotation import quoted, shortened
from tkt.domain.redaction import place_of, redacted_in
from tkt.domain.ticket import Ticket
from tkt.domain.words import did_you_mean
from tkt.language import _

# Told of one kind: nobody mends more in one file by hand.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Where a ticket contradicts itself. `line` is the entry's; where it is 0, `key` of the snapshot is the place."""

    severity: str
    rule: str
    message: str
    mend: str = ""
    line: int = 0
    key: str = ""


def discrepancies(ticket: Ticket, bytes_of: Callable[[Entry], bytes]) -> Iterator[Discrepancy]:
    """Everything in which a ticket's journal departs from its own rules or from the snapshot (design.md, section 2).

    `bytes_of` gives what an entry is in a file, which decides between entries of one instant and ordinal. No move is
    refused here, however odd: what was merged or imported is history.
    """
    if not ticket.entries:
        message = _("the journal has no entry: the opening one must say how the ticket began")
        yield Discrepancy("error", "opening-entry", message, _("Put its entries back from git."))
        return
    disorder = list(_disorder(ticket.entries, bytes_of))
    yield from disorder
    entries = ticket.entries
    if disorder:
        # Journal order rules, not the file's: entries that only changed places do not change what they say.
        entries = tuple(sorted(entries, key=lambda entry: (entry.position, bytes_of(entry))))
    replayed = replay(entries) if disorder else ticket.replayed
    yield from _before_opening(ticket, entries[0])
    yield from _opening_gaps(ticket, entries[0], replayed)
    # Each of these finds either errors or warnings: what is left out changes no verdict.
    yield from islice(_illegal_values(entries), _MOST)
    yield from islice(_departures(ticket, entries, replayed), _MOST)
    yield from islice(_set_departures(ticket, replayed), _MOST)
    yield from islice(_concurrent_moves(ticket.id, entries, replayed), _MOST)


def _disorder(entries: tuple[Entry, ...], bytes_of: Callable[[Entry], bytes]) -> Iterator[Discrepancy]:
    """An entry comes after the one before it; ordinals count 1, 2, 3 within one instant.

    Two clones may each have written at one instant under one ordinal: the entries' bytes then put them in one order.
    """
    first = entries[0]
    # What was made unreadable stays in its place, whatever its bytes are now.
    redacted = redacted_in(entries)
    if first.ordinal != 1:
        yield _wrong_ordinal(first, 1)
    for before, entry in pairwise(entries):
        if entry.position < before.position:
            message = _("the entry of {at} stands behind a later one, of {before}").format(
                at=_position(entry), before=_position(before)
            )
            mend = _("`tkt check --repair ID` puts the entries back in the order of their instants.")
            yield Discrepancy("error", "journal-order", message, mend, entry.line)
        elif entry.at > before.at:
            if entry.ordinal != 1:
                yield _wrong_ordinal(entry, 1)
        elif entry == before:
            message = _("the entry of {at} stands twice").format(at=_position(entry))
            mend = _("`tkt check --repair ID` takes the second one out.")
            yield Discrepancy("error", "entry-twice", message, mend, entry.line)
        elif entry.ordinal == before.ordinal:
            altered = not redacted.isdisjoint((place_of(before), place_of(entry)))
            if not altered and bytes_of(entry) < bytes_of(before):
                yield _wrong_bytes(entry)
            elif entry.author == before.author:
                yield _same_place(entry)
        elif entry.ordinal > before.ordinal + 1:
            yield _wrong_ordinal(entry, before.ordinal + 1)


def _wrong_bytes(entry: Entry) -> Discrepancy:
    message = _("the entry of {at} has changed places with the one before it").format(at=_position(entry))
    mend = _("Put it before that one: entries of one instant and number stand in the order of their bytes.")
    return Discrepancy("error", "journal-order", message, mend, entry.line)


def _same_place(entry: Entry) -> Discrepancy:
    """Two people may well write at one moment; that one person does so in two clones is rare."""
    message = _("the entry of {at} shares its place with the one before it, by the same author").format(
        at=_position(entry)
    )
    mend = _("Unless they wrote in two clones at that very moment, its heading lacks “ #{ordinal}” behind the instant.")
    return Discrepancy("warning", "same-place", message, mend.format(ordinal=entry.ordinal + 1), entry.line)


def _wrong_ordinal(entry: Entry, expected: int) -> Discrepancy:
    message = _("the entry of {at} is number {ordinal} of its instant where number {expected} is due").format(
        at=write_instant(entry.at), ordinal=entry.ordinal, expected=expected
    )
    mend = _("Put back the entry that was taken out before it, or number it #{expected}.")
    if expected == 1:
        mend = _("Put back the entry that was taken out before it, or take its #{ordinal} out.")
    mend = mend.format(ordinal=entry.ordinal, expected=expected)
    return Discrepancy("error", "entry-ordinal", message, mend, entry.line)


def _before_opening(ticket: Ticket, first: Entry) -> Iterator[Discrepancy]:
    if first.at < ticket.opened_at:
        message = _("the entry of {at} is older than the ticket, opened at {opened}").format(
            at=_position(first), opened=write_instant(ticket.opened_at)
        )
        yield Discrepancy("error", "before-opening", message, _("Put `opened_at` right."), first.line)


def _opening_gaps(ticket: Ticket, opening: Entry, replayed: Replay) -> Iterator[Discrepancy]:
    """The opening entry records what the life of a ticket moves; a value that no entry knows was written by hand."""
    silent = [key for key in MOVED if opening.change(key) is None]
    for key in silent:
        if key not in replayed.values and ticket.get(key):
            message = _("the front matter says “{value}” for {key}, and no entry of the journal does").format(
                key=key, value=shortened(ticket.get(key))
            )
            mend = _("Take it out of the front matter and record it with a tkt command.")
            if key in REQUIRED:
                mend = _("Let the opening entry say it: “- {key}: {value}”.").format(key=key, value=ticket.get(key))
            yield Discrepancy("error", "unrecorded", message, mend, key=key)
    late = [key for key in silent if key in replayed.values and (key in REQUIRED or ticket.initial(key))]
    if late:
        message = _("the opening entry does not record {keys}").format(keys=", ".join(late))
        mend = _("Let it say how the ticket began: “- {key}: …”.").format(key=late[0])
        yield Discrepancy("error", "opening-entry", message, mend, opening.line)


def _illegal_values(entries: tuple[Entry, ...]) -> Iterator[Discrepancy]:
    for entry in entries:
        for change in entry.field_changes():
            wrong = _fault_of_field(change) if kind_of(change.key) == "field" else fault_of_fact(entry, change)
            if wrong:
                yield Discrepancy("error", "value", wrong, line=entry.line)


def _fault_of_field(change: FieldChange) -> str:
    known = KEYS.get(change.key)
    if known and known.values and change.new and change.new not in known.values:
        message = _("“{value}” is not a known {vocabulary}").format(value=shortened(change.new), vocabulary=change.key)
        return message + "." + did_you_mean(change.new, known.values.codes)
    if not change.new and change.key in REQUIRED:
        return _("an entry takes {key} away, which no ticket can be without").format(key=change.key)
    return ""


def _departures(ticket: Ticket, entries: tuple[Entry, ...], replayed: Replay) -> Iterator[Discrepancy]:
    """Replaying the journal gives the front matter's value of every field that it mentions."""
    departing = {key: value for key, value in replayed.values.items() if ticket.get(key) != value}
    said_on = {change.key: entry.line for entry in entries if departing for change in entry.field_changes()}
    for key, value in departing.items():
        stands, line = ticket.get(key), said_on[key]
        message = _("{key} is {stands} in the front matter and {replayed} by the journal (line {line})").format(
            key=key, stands=quoted(stands), replayed=quoted(value), line=line
        )
        mend = _("`tkt check --repair {id}` puts it back to {replayed}; record a change with a tkt command.").format(
            id=ticket.id, replayed=quoted(value)
        )
        yield Discrepancy("error", "replay", message, mend, key=key)


def _set_departures(ticket: Ticket, replayed: Replay) -> Iterator[Discrepancy]:
    for key, members in replayed.members.items():
        standing = frozenset(ticket.sets.get(key, ()))
        for member, present in members.items():
            if present == (member in standing):
                continue
            if present:
                message = _("the journal put “{member}” into {key}, and the front matter does not hold it")
                mend = _("Put it back; `tkt edit` takes it out with an entry.")
            else:
                message = _("the journal took “{member}” out of {key}, and the front matter still holds it")
                mend = _("Take it out; `tkt edit` puts it in with an entry.")
            yield Discrepancy("error", "replay", message.format(member=shortened(member), key=key), mend, key=key)


def _concurrent_moves(ticket_id: str, entries: tuple[Entry, ...], replayed: Replay) -> Iterator[Discrepancy]:
    """Two people moved a field without seeing each other, and no later entry settles it."""
    for field in unsettled_among(entries) if replayed.concurrent else ():
        for before, move in pairwise(field.moves):
            yield _concurrent_move(ticket_id, before, move)


def _concurrent_move(ticket_id: str, before: Move, move: Move) -> Discrepancy:
    change = move.change
    message = _("{author} moved {key} from {old} to {new} while it stood at {replayed}: neither saw the other").format(
        author=shortened(move.entry.author),
        key=change.key,
        old=quoted(change.old),
        new=quoted(change.new),
        replayed=quoted(before.change.new),
    )
    mend = _("`tkt settle {id}` keeps what stands now; another value is set by the usual command.").format(id=ticket_id)
    return Discrepancy("warning", "concurrent-move", message, mend, move.entry.line)


def _position(entry: Entry) -> str:
    at: datetime = entry.at
    return f"{write_instant(at)} #{entry.ordinal}" if entry.ordinal > 1 else write_instant(at)
