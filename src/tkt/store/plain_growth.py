"""The quick way to see that a version only adds entries and moves as they say: on bytes, without taking it apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.domain.growth import Snapshot, Written
from tkt.domain.instant import read_instant
from tkt.domain.keys import KEYS, kind_of
from tkt.store.journal_text import HEADING, parse_entries
from tkt.store.ticket_version import TicketVersion, written_entries

_JOURNAL = re.compile(rb"\n## Journal\n\n### \d{4}-\d{2}-\d{2}T")
# A line of a merge that was never ended: whether it is one, the whole reader knows.
_OF_A_CONFLICT = re.compile(rb"<{7}|={7}|>{7}")
_IDENTITIES = tuple(name for name, key in KEYS.items() if key.kind == "identity")


def plain_growth(before: TicketVersion, after: TicketVersion) -> tuple[Written, ...] | None:
    """The new entries of a version that does as nearly every one does; None where more has to be looked at.

    Where it gives entries, the whole comparison (store/version_growth.py) gives the same ones and finds nothing wrong.
    """
    if before.plain is None or after.plain is None:
        return None
    new = _appended(before, after)
    if new is None or not _is_moved_by([one.entry for one in new], before.plain, after.plain):
        return None
    return new


def _appended(before: TicketVersion, after: TicketVersion) -> tuple[Written, ...] | None:
    """The entries behind all that stood there before; None where there are none, or anything else is different."""
    old = before.data[before.tail :]
    added = after.data[after.tail + len(old) :]
    if not added.startswith(b"\n### ") or not old.endswith(b"\n") or not after.data.startswith(old, after.tail):
        return None
    last = _last_position(old)
    if last is None or _OF_A_CONFLICT.search(added):
        return None
    source = added[1:].decode()
    line = after.data.count(b"\n", 0, after.tail + len(old) + 1) + 1
    entries, flaws = parse_entries(source, line)
    if flaws or not all(one < other for one, other in pairwise([last, *(entry.position for entry in entries)])):
        return None
    return written_entries(source, entries, line)


def _last_position(tail: bytes) -> tuple[object, int] | None:
    """The place of the last entry of a journal, in what follows a front matter."""
    journal, last = _JOURNAL.search(tail), tail.rfind(b"\n### ")
    if journal is None:
        return None
    heading = HEADING.match(tail[last + 1 : tail.index(b"\n", last + 1)].decode())
    if heading is None:
        return None
    try:
        return read_instant(heading["at"]), int(heading["ordinal"] or 1)
    except ValueError:
        return None


def _is_moved_by(entries: Sequence[Entry], before: Snapshot, after: Snapshot) -> bool:
    """Whether the snapshot went as the entries say, and no further."""
    if any(before.fields.get(key) != after.fields.get(key) for key in _IDENTITIES):
        return False
    moved: dict[str, str] = {}
    members: dict[tuple[str, str], bool] = {}
    for change in (change for entry in entries for change in entry.changes):
        if isinstance(change, FieldChange):
            moved[change.key] = change.new
        else:
            members |= _presence(change)
    changed = {key for key, _value in before.fields.items() ^ after.fields.items()}
    fields = {key for key in changed | moved.keys() if kind_of(key) == "field"}
    if any(key not in moved or moved[key] != after.fields.get(key, "") for key in fields):
        return False
    ways = {(key, one) for key in after.sets for one in {*before.sets[key]} ^ {*after.sets[key]}} | members.keys()
    return all(members.get((key, one)) == (one in after.sets.get(key, ())) for key, one in ways)


def _presence(change: SetChange) -> dict[tuple[str, str], bool]:
    """The members that a change names, and whether each is there once it is made."""
    gone = {(change.key, one): False for one in change.removed}
    return gone | {(change.key, one): True for one in change.added}
