"""Two versions of a journal made one: every entry of either, as often as it stands in one of them, in journal order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tkt.domain.entry import Change, Entry, FieldChange
from tkt.domain.redaction import is_redaction_of, place_of, redacted_in
from tkt.store.journal_text import HEADING, bytes_of, parse_entries
from tkt.store.merging.redaction_merge import redacted_alike
from tkt.store.merging.three_way import settled, shortest
from tkt.store.ticket_text import TicketText

_TAIL = re.compile(r"(?:\r?\n)*\Z")


class Block(NamedTuple):
    """An entry and its own bytes: `core` from its heading to its last line with something on it, `tail` behind that.

    The tail is what parts it from a next entry, also where it stands last.
    """

    entry: Entry
    core: str
    tail: str

    @property
    def order(self) -> tuple[object, ...]:
        """Its place in a journal: instant, ordinal, bytes."""
        return (*self.entry.position, bytes_of(self.entry))


class JournalText(NamedTuple):
    """A journal in pieces: what stands before the first entry, the entries, and how the file ends behind the last."""

    lead: str
    blocks: tuple[Block, ...]
    end: str

    @classmethod
    def of(cls, text: TicketText) -> JournalText:
        """The journal of a ticket in which no heading is unreadable."""
        source = text.ended(text.journal, HEADING)
        starts = [heading.start() for heading in HEADING.finditer(source)]
        ends = [*starts[1:], len(source)] if starts else []
        raw = [source[start:end] for start, end in zip(starts, ends, strict=True)]
        tails = [_tail(one) for one in raw]
        cores = [one[: len(one) - len(tail)] for one, tail in zip(raw, tails, strict=True)]
        end = tails[-1] if tails and source == text.journal else ""
        tails[-1:] = [tails[-1] + text.eol] if tails else []
        blocks = tuple(map(Block, text.entries, cores, tails))
        return cls(source[: starts[0]] if starts else text.journal, blocks, end)

    @property
    def spellings(self) -> dict[Entry, list[Block]]:
        """The blocks of each distinct entry: blank lines at its end, or a hand's way of writing it, tell none apart."""
        found: dict[Entry, list[Block]] = {}
        for block in self.blocks:
            found.setdefault(_value(block.entry), []).append(block)
        return found


def _tail(raw: str) -> str:
    found = _TAIL.search(raw)
    return found[0] if found else ""


def _value(entry: Entry) -> Entry:
    text = entry.text.rstrip("\r\n")
    if text == entry.text:
        return entry
    return Entry(entry.at, entry.author, entry.level, entry.public, entry.changes, text, entry.ordinal)


class United(NamedTuple):
    """A merged journal: its text, its entries in order, and all that they say was redacted."""

    text: str
    entries: tuple[Entry, ...]
    redacted: set[str]


def unite(base: JournalText, ours: JournalText, theirs: JournalText, eol: str) -> United:
    """Every entry of either side, the larger count of each; what was redacted does not come back."""
    known, mine, other = base.spellings, ours.spellings, theirs.spellings
    blocks: list[Block] = []
    for value in dict.fromkeys([*mine, *other]):
        blocks += _spelled(known.get(value, []), mine.get(value, []), other.get(value, []))
    redacted = redacted_in(block.entry for block in blocks)
    if redacted:
        blocks = _redacted(blocks, base.blocks, redacted)
    blocks = _in_order(blocks, redacted, (ours, theirs))
    lead = settled(base.lead, ours.lead, theirs.lead, preferred=shortest)
    pieces = [lead, *(block.core + block.tail for block in blocks[:-1])]
    if blocks:
        pieces += [blocks[-1].core, _end(blocks[-1], base, ours, theirs, eol)]
    return United("".join(pieces), tuple(block.entry for block in blocks), redacted)


def _spelled(base: list[Block], ours: list[Block], theirs: list[Block]) -> list[Block]:
    """One entry's blocks: the larger count, in the spelling of the side that changed it."""
    if len(ours) != len(theirs):
        return max(ours, theirs, key=len)
    before, mine, other = ([block[1:] for block in blocks] for blocks in (base, ours, theirs))
    return ours if settled(before, mine, other, preferred=lambda spelling: spelling) == mine else theirs


def _end(last: Block, base: JournalText, ours: JournalText, theirs: JournalText, eol: str) -> str:
    """How the file ends behind `last`: as where it stood last before."""
    value = _value(last.entry)
    ends = [side.end for side in (ours, theirs) if side.blocks and _value(side.blocks[-1].entry) == value]
    if not ends:
        return last.tail.removesuffix(eol)
    if len(ends) == 1 or ends[0] == ends[1]:
        return ends[0]
    was_last = bool(base.blocks) and _value(base.blocks[-1].entry) == value
    return settled(base.end, *ends, preferred=shortest) if was_last else max(ends, key=shortest)


def _redacted(blocks: Sequence[Block], known: Sequence[Block], redacted: set[str]) -> list[Block]:
    """The blocks, where a redaction is told of with one form of each entry: what it made unreadable does not come back.

    A clone that has not heard of it still holds the original; two that redacted different words each hold the other's.
    """
    found: list[Block] = []
    for block in sorted(blocks, key=lambda block: block.order):
        if place_of(block.entry) not in redacted:
            found.append(block)
            continue
        others = [one for one in blocks if one.entry.position == block.entry.position]
        if any(is_redacted_form(one.entry, block.entry) for one in others):
            continue
        grown = next((one for one in known if is_redacted_form(block.entry, one.entry)), None)
        if grown:
            block = _alike(block, grown, [one for one in others if is_redacted_form(one.entry, grown.entry)])
        found += [] if block.core in (one.core for one in found) else [block]
    return found


def _alike(block: Block, original: Block, others: Sequence[Block]) -> Block:
    """A redacted entry with what other redactions of it made unreadable."""
    core = block.core
    for other in others:
        if is_redaction_of(other.core, original.core):
            core = redacted_alike(core, other.core, original.core)
    entries, flaws = parse_entries(core + "\n")
    sound = len(entries) == 1 and entries[0].position == block.entry.position
    return Block(entries[0], core, block.tail) if core != block.core and sound and not flaws else block


def is_redacted_form(redacted: Entry, original: Entry) -> bool:
    """Whether an entry is another one with some of its words made unreadable, and nothing else changed."""
    if redacted == original or _frame(redacted) != _frame(original):
        return False
    pairs = list(zip(_words(redacted), _words(original), strict=True))
    return all(new == old or is_redaction_of(new, old) for new, old in pairs)


def _frame(entry: Entry) -> tuple[object, ...]:
    changes = [(type(one).__name__, one.key, len(list(_words_of(one)))) for one in entry.changes]
    return entry.position, entry.level, entry.public, changes


def _words(entry: Entry) -> list[str]:
    return [entry.author, *(word for change in entry.changes for word in _words_of(change)), entry.text.rstrip("\r\n")]


def _words_of(change: Change) -> Iterable[str]:
    if isinstance(change, FieldChange):
        return change.old, change.new
    return *change.added, "", *change.removed


def _in_order(blocks: Sequence[Block], redacted: set[str], sides: Sequence[JournalText]) -> list[Block]:
    """The blocks in journal order; what was made unreadable keeps its place among those of its instant and ordinal."""
    ordered = sorted(blocks, key=lambda block: block.order)
    cores = {block.core for block in ordered}
    for place in redacted.intersection(place_of(block.entry) for block in ordered):
        at = [number for number, block in enumerate(ordered) if place_of(block.entry) == place]
        orders = [[one for one in side.blocks if place_of(one.entry) == place and one.core in cores] for side in sides]
        stood = sorted([one.core for one in order] for order in orders if len(order) == len(at) > 1)
        for core, number in zip(stood[0] if stood else (), list(at), strict=False):
            ordered[number] = next(one for one in blocks if one.core == core)
    return ordered


def is_sound(text: TicketText) -> bool:
    """Whether every entry of a journal can be told from the next: what cannot be read is no matter of counting."""
    return text.has_journal and not any(flaw.severity == "error" for flaw in text.flaws())
