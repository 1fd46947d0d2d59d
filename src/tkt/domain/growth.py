"""How a ticket may grow from one version to the next: no entry lost, altered or moved, no change without its entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tkt.domain.consistency import Discrepancy
from tkt.domain.entry import Entry
from tkt.domain.redaction import is_redaction_of, place_of, redacted_in
from tkt.language import _, ngettext


class Written(NamedTuple):
    """An entry as a file holds it: its text to the byte, without the blank lines behind it, and what it says."""

    text: str
    entry: Entry


class Snapshot(NamedTuple):
    """What a front matter says: every single value by its key, the members of each set."""

    fields: Mapping[str, str]
    sets: Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Growth:
    """What became of the journals of a version's parents: the entries that none of them had, and what went wrong."""

    new: tuple[Written, ...] = ()
    wrong: list[Discrepancy] = field(default_factory=list)


def grown(parents: Sequence[Sequence[Written]], after: Sequence[Written]) -> Growth:
    """Hold a journal against that of each parent: each must be found in it, in its order and to the byte.

    The one alteration allowed is a redaction that a new entry tells of (`redacted`, with the place of the entry).
    """
    known: Counter[str] = Counter()
    replacing: set[int] = set()
    growth = Growth()
    for before in parents:
        known |= Counter(one.text for one in before)
        comparison = _Comparison(before, after)
        growth.wrong += comparison.wrong()
        replacing |= {id(other) for _gone, other in comparison.replaced}
    growth.new = tuple(one for one in _surplus(after, known) if id(one) not in replacing)
    return growth


def _surplus(entries: Sequence[Written], known: Mapping[str, int]) -> list[Written]:
    """Those of `entries` that are not `known`, or stand more often; of equals the last ones count."""
    left = Counter(known)
    surplus = []
    for one in entries:
        if left[one.text] > 0:
            left[one.text] -= 1
        else:
            surplus.append(one)
    return surplus


class _Comparison:
    """One parent's journal and the one that came of it."""

    def __init__(self, before: Sequence[Written], after: Sequence[Written]) -> None:
        self.before, self.after = before, after
        added = _surplus(after, Counter(one.text for one in before))
        self.gone = _surplus(before, Counter(one.text for one in after))
        self.replaced = list(_at_the_same_place(self.gone, added))
        taken = {id(other) for _gone, other in self.replaced}
        self._told = redacted_in(one.entry for one in added if id(one) not in taken)

    def wrong(self) -> Iterator[Discrepancy]:
        if self.gone:
            yield from self._altered()
            yield from self._lost()
        yield from self._moved()

    def _altered(self) -> Iterator[Discrepancy]:
        unfit = [(gone, other) for gone, other in self.replaced if not self._is_redacted(gone, other)]
        if not unfit:
            return
        (gone, other), more = unfit[0], len(unfit) - 1
        message = _("the entry of {place} was altered").format(place=place_of(gone.entry)) + _and_more(more)
        mend = _(
            "Put it back, to the byte, as the commit before has it; what it should have said goes into a new entry."
        )
        if is_redaction_of(other.text, gone.text):
            mend = _("What must not be read is made unreadable by `tkt redact`, which says so in a new entry.")
        yield Discrepancy("error", "entry-altered", message, mend, other.entry.line)

    def _is_redacted(self, gone: Written, other: Written) -> bool:
        return place_of(gone.entry) in self._told and is_redaction_of(other.text, gone.text)

    def _lost(self) -> Iterator[Discrepancy]:
        stand = {one.text for one in self.after}
        replaced = {id(gone) for gone, _other in self.replaced}
        twice = [one for one in self.gone if one.text in stand]
        lost = [one for one in self.gone if one.text not in stand and id(one) not in replaced]
        if twice:
            message = _("the entry of {place} stood twice and now stands once").format(place=place_of(twice[0].entry))
            yield Discrepancy("warning", "entry-once", message, line=self._line_of(twice[0]))
        if lost:
            first = lost[0].entry
            message = _("the entry of {place} by {author} is gone").format(place=place_of(first), author=first.author)
            mend = _("Put it back, to the byte; where a merge dropped it, `tkt check --repair ID` does.")
            yield Discrepancy("error", "entry-lost", message + _and_more(len(lost) - 1), mend, self._line_of(lost[0]))

    def _line_of(self, gone: Written) -> int:
        """Where an entry stood, in lines of what came of it: where the first one that stood behind it stands."""
        lines = {one.text: one.entry.line for one in self.after}
        behind = self.before[next(number for number, one in enumerate(self.before) if one is gone) :]
        after = (lines[one.text] for one in behind if one.text in lines)
        return next(after, self.after[-1].entry.line if self.after else 0)

    def _moved(self) -> Iterator[Discrepancy]:
        gone = {id(one) for one in self.gone}
        kept = [one for one in self.before if id(one) not in gone]
        remaining = iter(self.after)
        astray = next((one for one in kept if all(one.text != other.text for other in remaining)), None)
        if astray is None:
            return
        message = _("the entry of {place} stands before one that it stood behind").format(place=place_of(astray.entry))
        if _is_in_order(self.after) and not _is_in_order(self.before):
            yield Discrepancy("warning", "entry-order", message, line=self._line_of(astray))
            return
        mend = _("Put the entries back in the order in which the commit before has them.")
        yield Discrepancy("error", "entry-order", message, mend, self._line_of(astray))


def _at_the_same_place(gone: Sequence[Written], added: Sequence[Written]) -> Iterator[tuple[Written, Written]]:
    """Each entry that is gone with the new one of its instant and ordinal; a redaction of it is the first choice."""
    left = list(added)
    for one in gone:
        here = [other for other in left if other.entry.position == one.entry.position]
        if here:
            other = next((other for other in here if is_redaction_of(other.text, one.text)), here[0])
            left.remove(other)
            yield one, other


def _is_in_order(entries: Sequence[Written]) -> bool:
    places = [(one.entry.position, one.text) for one in entries]
    return places == sorted(places)


def _and_more(count: int) -> str:
    if not count:
        return ""
    words = ngettext(", and {count} more", ", and {count} more", count)
    return words.format(count=count)
