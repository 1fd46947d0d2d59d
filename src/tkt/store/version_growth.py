"""Versions of one ticket held against each other: what the newer one adds, and in what it departs from its parents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tkt.domain.consistency import Discrepancy
from tkt.domain.entry import Entry, SetChange
from tkt.domain.growth import Growth, grown
from tkt.domain.journal import replay
from tkt.domain.snapshots import opening_faults, silent_changes
from tkt.language import _
from tkt.store.merging.conflict_sides import UnclearMarkers, sides_of
from tkt.store.plain_growth import plain_growth
from tkt.store.ticket_text import conflict, conflict_line
from tkt.store.ticket_version import TicketVersion, in_order


def growth_of(parents: Sequence[TicketVersion], after: TicketVersion) -> Growth:
    """What a version adds to those before it, and all in it that history does not allow (docs/history.md).

    No parent: a ticket that was just opened.
    """
    if len(parents) == 1:
        quick = plain_growth(parents[0], after)
        if quick is not None:
            return Growth(quick)
    return whole_growth(parents, after)


def whole_growth(parents: Sequence[TicketVersion], after: TicketVersion) -> Growth:
    """The same, with every version read whole.

    A version that a merge left with its marks is both of its sides: what they held must be there, and is all that was.
    """
    sides = _sides(after)
    if sides and all(_stands_in(before, sides) for before in parents):
        return Growth((), list(_conflict(parents, after)))
    marked, parents = parents, [side for before in parents for side in _sides(before) or (before,)]
    growth = grown([before.entries for before in parents], after.entries)
    new = [one.entry for one in growth.new]
    wrong = [*growth.wrong, *_conflict(marked, after)]
    if not parents:
        wrong += opening_faults([one.entry for one in after.entries])
    wrong += _renumbered(parents, after)
    replayed = replay(in_order(after.entries))
    wrong += silent_changes([before.snapshot for before in parents], after.snapshot, replayed, new)
    wrong += _edited(parents, after, new)
    growth.wrong = [one if one.line or not one.key else replace(one, line=after.line_of(one.key)) for one in wrong]
    return growth


def _sides(version: TicketVersion) -> tuple[TicketVersion, ...]:
    """The two sides of a version with the marks of a merge in it; none where it has none, or they cannot be read."""
    text = str(version.file.text)
    if not conflict_line(text):
        return ()
    try:
        found = sides_of(text)
    except UnclearMarkers:
        return ()
    sides = tuple(TicketVersion(side.encode()) for side in (found.ours, found.theirs))
    return () if any(side.flaw for side in sides) else sides


def _stands_in(before: TicketVersion, sides: Sequence[TicketVersion]) -> bool:
    """Whether every entry of a version stands in one of the sides, as it was."""
    return any(not grown([before.entries], side.entries).wrong for side in sides)


def _conflict(parents: Sequence[TicketVersion], after: TicketVersion) -> Iterator[Discrepancy]:
    line = conflict_line(str(after.file.text))
    if line and not any(conflict_line(str(before.file.text)) for before in parents):
        flaw = conflict(line)
        yield Discrepancy(flaw.severity, flaw.rule, flaw.message, flaw.mend, line)


def _renumbered(parents: Sequence[TicketVersion], after: TicketVersion) -> Iterator[Discrepancy]:
    """A number changes only by an entry that keeps the old one as an alias."""
    changes = [change for one in after.entries for change in one.entry.changes if isinstance(change, SetChange)]
    aliases = {member for change in changes if change.key == "aliases" for member in change.added}
    for old in dict.fromkeys(before.id for before in parents if before.id not in (after.id, *aliases)):
        message = _("the ticket was {old} and is {new}, and no entry keeps {old} as an alias")
        mend = _("Give it its number back; only `tkt sync` gives a ticket another one.")
        yield Discrepancy("error", "number", message.format(old=old, new=after.id), mend, key="id")


def _edited(parents: Sequence[TicketVersion], after: TicketVersion, new: Sequence[Entry]) -> Iterator[Discrepancy]:
    """What people write above the journal may change by hand; but then nothing says who meant it."""
    bodies = {before.body for before in parents}
    if (
        len(bodies) != 1
        or after.body in bodies
        or any(entry.value("edited") or entry.value("redacted") for entry in new)
    ):
        return
    message = _("the sections above the journal changed, and no entry says so")
    mend = _("Edit them with `tkt edit`, which journals it.")
    yield Discrepancy("warning", "edited", message, mend, _first_difference(bodies.pop(), after))


def _first_difference(before: str, after: TicketVersion) -> int:
    text = after.file.text
    line = text.journal_line - text.body.count("\n")
    pairs = zip(before.split("\n"), text.body.split("\n"), strict=False)
    return line + next((number for number, (one, other) in enumerate(pairs) if one != other), 0)
