"""What a ticket's journal and its snapshot must agree on: order, opening entry, legal words, replay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from tkt.domain.entry import Entry, FieldChange
from tkt.domain.facts import fault_of_fact
from tkt.domain.instant import write_instant
from tkt.domain.journal import ConcurrentMove, Replay, replay
from tkt.domain.keys import KEYS, MOVED, REQUIRED, kind_of
from tkt.domain.ticket import Ticket
from tkt.domain.words import did_you_mean
from tkt.language import _

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Where a ticket contradicts itself. `line` is the entry's; where it is 0, `key` of the snapshot is the place."""

    severity: str
    rule: str
    message: str
    mend: str = ""
    line: int = 0
    key: str = ""


def discrepancies(ticket: Ticket) -> Iterator[Discrepancy]:
    """Everything in which a ticket's journal departs from its own rules or from the snapshot (design.md, section 2).

    No move is refused here, however odd: what was merged or imported is history.
    """
    if not ticket.entries:
        message = _("the journal has no entry: the opening one must say how the ticket began")
        yield Discrepancy("error", "opening-entry", message, _("Put its entries back from git."))
        return
    disorder = list(_disorder(ticket.entries))
    yield from disorder
    # Journal order rules, not the file's: entries that only changed places do not change what they say.
    entries = tuple(sorted(ticket.entries, key=lambda entry: entry.position)) if disorder else ticket.entries
    replayed = replay(entries) if disorder else ticket.replayed
    yield from _before_opening(ticket, entries[0])
    yield from _opening_gaps(ticket, entries[0], replayed)
    yield from _illegal_values(entries)
    yield from _departures(ticket, entries, replayed)
    yield from _set_departures(ticket, replayed)
    yield from _concurrent_moves(entries, replayed)


def _disorder(entries: tuple[Entry, ...]) -> Iterator[Discrepancy]:
    """An entry comes after the one before it; ordinals count 1, 2, 3 within one instant."""
    first = entries[0]
    if first.ordinal != 1:
        yield _wrong_ordinal(first, 1)
    for before, entry in pairwise(entries):
        if entry.at < before.at or (entry.at == before.at and entry.ordinal < before.ordinal):
            message = _("the entry of {at} stands behind a later one, of {before}").format(
                at=_position(entry), before=_position(before)
            )
            mend = _("Put the entries back in the order of their instants.")
            yield Discrepancy("error", "journal-order", message, mend, entry.line)
        elif entry.at > before.at:
            if entry.ordinal != 1:
                yield _wrong_ordinal(entry, 1)
        elif entry == before:
            message = _("the entry of {at} stands twice").format(at=_position(entry))
            yield Discrepancy("error", "entry-twice", message, _("Take the second one out."), entry.line)
        elif entry.ordinal == before.ordinal:
            # Two clones may well have written so: (instant, ordinal, bytes) still puts them in one order.
            message = _("the entry of {at} shares its place with the one before it").format(at=_position(entry))
            mend = _("Unless two clones wrote at that very moment, its heading lacks “ #{ordinal}” behind the instant.")
            mend = mend.format(ordinal=before.ordinal + 1)
            yield Discrepancy("warning", "same-place", message, mend, entry.line)
        elif entry.ordinal > before.ordinal + 1:
            yield _wrong_ordinal(entry, before.ordinal + 1)


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
                key=key, value=_short(ticket.get(key))
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
        message = _("“{value}” is not a known {vocabulary}").format(value=_short(change.new), vocabulary=change.key)
        return message + "." + did_you_mean(change.new, known.values.codes)
    if not change.new and change.key in REQUIRED:
        return _("an entry takes {key} away, which no ticket can be without").format(key=change.key)
    return ""


def _departures(ticket: Ticket, entries: tuple[Entry, ...], replayed: Replay) -> Iterator[Discrepancy]:
    """Replaying the journal gives the front matter's value of every field that it mentions."""
    for key, value in replayed.values.items():
        stands = ticket.get(key)
        if stands == value:
            continue
        line = next(entry.line for entry in reversed(entries) if entry.change(key))
        message = _("{key} is {stands} in the front matter and {replayed} by the journal (line {line})").format(
            key=key, stands=_quoted(stands), replayed=_quoted(value), line=line
        )
        mend = _("Put the front matter back to {replayed}; record a change with a tkt command.").format(
            replayed=_quoted(value)
        )
        yield Discrepancy("error", "replay", message, mend, key=key)


def _set_departures(ticket: Ticket, replayed: Replay) -> Iterator[Discrepancy]:
    for key, members in replayed.members.items():
        for member, present in members.items():
            if present == (member in ticket.sets.get(key, ())):
                continue
            if present:
                message = _("the journal put “{member}” into {key}, and the front matter does not hold it")
                mend = _("Put it back; `tkt edit` takes it out with an entry.")
            else:
                message = _("the journal took “{member}” out of {key}, and the front matter still holds it")
                mend = _("Take it out; `tkt edit` puts it in with an entry.")
            yield Discrepancy("error", "replay", message.format(member=_short(member), key=key), mend, key=key)


def _concurrent_moves(entries: tuple[Entry, ...], replayed: Replay) -> Iterator[Discrepancy]:
    """Two people moved a field without seeing each other; a later entry that saw both settles it."""
    if not replayed.concurrent:
        return
    blind = {id(move.change) for move in replayed.concurrent}
    seeing = {change.key: entry for entry in entries for change in entry.field_changes() if id(change) not in blind}
    for move in replayed.concurrent:
        settled = seeing.get(move.change.key)
        if settled is None or settled.position <= move.entry.position:
            yield _concurrent_move(move)


def _concurrent_move(move: ConcurrentMove) -> Discrepancy:
    change = move.change
    message = _("{author} moved {key} from {old} to {new} while it stood at {replayed}: neither saw the other").format(
        author=_short(move.entry.author),
        key=change.key,
        old=_quoted(change.old),
        new=_quoted(change.new),
        replayed=_quoted(move.replayed),
    )
    mend = _("Settle it with a new entry that sets {key} to what holds.").format(key=change.key)
    return Discrepancy("warning", "concurrent-move", message, mend, move.entry.line)


def _position(entry: Entry) -> str:
    at: datetime = entry.at
    return f"{write_instant(at)} #{entry.ordinal}" if entry.ordinal > 1 else write_instant(at)


def _quoted(value: str) -> str:
    return _("“{value}”").format(value=_short(value)) if value else _("nothing")


def _short(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
