"""What may change in a ticket's snapshot from one version to the next: what the journal says, and nothing silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tkt.domain.consistency import Discrepancy
from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.domain.growth import Snapshot
from tkt.domain.journal import Replay
from tkt.domain.keys import KEYS, MOVED, kind_of
from tkt.domain.quotation import quoted, shortened
from tkt.domain.redaction import MARKER, is_redaction_of, redacted_in
from tkt.language import _

_IDENTITIES = tuple(name for name, key in KEYS.items() if key.kind == "identity" and name != "id")


def silent_changes(
    parents: Sequence[Snapshot], after: Snapshot, replayed: Replay, new: Sequence[Entry]
) -> Iterator[Discrepancy]:
    """Every change since the parents that the journal does not say, and every identity that is another one.

    A field or a member that entries mention must stand as they say once replayed. One that none mentions must be as in
    a parent: a merge takes it from either side, and a single parent's commit may not change it without a new entry.
    """
    told = redacted_in(new)
    for key in _IDENTITIES:
        if any(before.fields.get(key, "") != after.fields.get(key, "") for before in parents):
            message = _("“{key}” was {old} and is {new}: it never changes").format(
                key=key, old=quoted(parents[0].fields.get(key, "")), new=quoted(after.fields.get(key, ""))
            )
            yield Discrepancy("error", "identity", message, _("Put it back as the commit before has it."), key=key)
    for key in sorted(_touched(parents, after, new)):
        yield from _field(key, parents, after.fields.get(key, ""), replayed, told)
    for key, members in after.sets.items():
        mentioned = {member for entry in new for change in entry.changes for member in _members(change, key)}
        sides = [before.sets.get(key, ()) for before in parents]
        for member in dict.fromkeys([*members, *(one for side in sides for one in side), *sorted(mentioned)]):
            yield from _member(key, member, [member in side for side in sides], member in members, replayed, told)


def _touched(parents: Sequence[Snapshot], after: Snapshot, new: Sequence[Entry]) -> set[str]:
    """The fields that changed since a parent, those that new entries move, and in a new ticket what its life moves."""
    changed = {change.key for entry in new for change in entry.field_changes()}
    for before in parents:
        changed |= {key for key, _value in before.fields.items() ^ after.fields.items()}
    if not parents:
        changed |= {key for key in MOVED if after.fields.get(key)}
    return {key for key in changed if kind_of(key) == "field"}


def _field(
    key: str, parents: Sequence[Snapshot], value: str, replayed: Replay, told: Iterable[str]
) -> Iterator[Discrepancy]:
    said = replayed.values.get(key)
    olds = [before.fields.get(key, "") for before in parents]
    if said == value or (key in told and any(is_redaction_of(value, old) for old in olds)):
        return
    if said is not None:
        message = _("{key} stands at {value}, and the journal leads to {said}").format(
            key=key, value=quoted(value), said=quoted(said)
        )
        yield Discrepancy("error", "snapshot", message, _("Let the front matter say what the journal says."), key=key)
    elif value not in olds:
        message = _("{key} became {value}, and no entry says so").format(key=key, value=quoted(value))
        if olds:
            message = _("{key} went from {old} to {value}, and no entry says so").format(
                key=key, old=quoted(olds[0]), value=quoted(value)
            )
        yield Discrepancy("error", "silent-change", message, _mend(key), key=key)


def _member(
    key: str, member: str, sides: Sequence[bool], present: bool, replayed: Replay, told: Iterable[str]
) -> Iterator[Discrepancy]:
    said = replayed.members.get(key, {}).get(member)
    if said == present or (said is None and (not sides or present in sides)):
        return
    if key in told and (MARKER in member or not present):
        return
    rule = "silent-change" if said is None else "snapshot"
    message = _("“{member}” left {key}, and the journal does not say so")
    if present:
        message = _("“{member}” joined {key}, and the journal does not say so")
    yield Discrepancy("error", rule, message.format(member=shortened(member), key=key), _mend(key), key=key)


def _members(change: FieldChange | SetChange, key: str) -> tuple[str, ...]:
    return (*change.added, *change.removed) if isinstance(change, SetChange) and change.key == key else ()


def opening_faults(entries: Sequence[Entry]) -> Iterator[Discrepancy]:
    """What is wrong with the journal of a ticket that was just opened: its first entry says how it began."""
    if not entries:
        message = _("the ticket was opened without an entry")
        yield Discrepancy("error", "opening-entry", message, _("Open tickets with `tkt new`."))
    elif entries[0].change("state") is None:
        message = _("the first entry of a new ticket does not say its state")
        mend = _("Open tickets with `tkt new`; put back the entries that stood before it, if any did.")
        yield Discrepancy("error", "opening-entry", message, mend, entries[0].line)


def _mend(key: str) -> str:
    if key == "state":
        return _("Put it back, and move the ticket with its verb.")
    return _("Put it back, and change {key} with a tkt command, which journals it.").format(key=key)
