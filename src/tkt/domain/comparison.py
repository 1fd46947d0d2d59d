"""Two versions of one ticket held against each other: the values, the members of sets and the texts that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.domain.keys import FRONT_MATTER
from tkt.domain.redaction import MARKER, is_redaction_of
from tkt.domain.ticket import Ticket

_TEXTS = ("description", "actions")


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs from `before` to `after`; either may be None, for a ticket that is not there on that side.

    `fields` are changes of single values, `sets` members that came and went, `texts` the sections that were rewritten,
    `entries` new ones in the journal's order.
    """

    before: Ticket | None
    after: Ticket | None
    fields: tuple[FieldChange, ...] = ()
    sets: tuple[SetChange, ...] = ()
    texts: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


def compare(before: Ticket | None, after: Ticket | None, new: Sequence[Entry] = ()) -> Comparison:
    """What differs between two versions of a ticket, of which the later has `new` entries.

    Of one that was opened or is gone, nothing but the journal is told.
    """
    if before is None or after is None:
        return Comparison(before, after, entries=after.entries if after else ())
    return Comparison(
        before,
        after,
        tuple(_field_changes(before, after)),
        tuple(_set_changes(before, after)),
        tuple(name for name in _TEXTS if getattr(before, name) != getattr(after, name)),
        tuple(new),
    )


def _field_changes(before: Ticket, after: Ticket) -> Iterator[FieldChange]:
    """Single values that differ, in the order of docs/format.md, then anybody's own.

    What was redacted is not told once more: its old value is the marker too.
    """
    own = sorted({*before.fields, *after.fields} - set(FRONT_MATTER))
    for key in (*FRONT_MATTER, *own):
        old, new = before.get(key), after.get(key)
        if old != new:
            yield FieldChange(key, new, MARKER if is_redaction_of(new, old) else old)


def _set_changes(before: Ticket, after: Ticket) -> Iterator[SetChange]:
    for key, members in after.sets.items():
        joined = tuple(one for one in members if one not in before.sets[key])
        redacted = [one for one in joined if MARKER in one]
        left = tuple(
            MARKER if any(is_redaction_of(after_it, one) for after_it in redacted) else one
            for one in before.sets[key]
            if one not in members
        )
        if joined or left:
            yield SetChange(key, joined, left)
