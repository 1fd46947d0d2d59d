"""Two versions of a ticket's file made one: entries united, the snapshot as they say, all else as either changed it."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from tkt.domain.entry import Entry
from tkt.domain.journal import replay
from tkt.errors import Unreadable
from tkt.language import _
from tkt.store.front_matter import FrontMatter, UneditableFrontMatter, UnreadableFrontMatter
from tkt.store.merging.body_merge import merge_bodies
from tkt.store.merging.front_matter_meaning import Meaning, Said
from tkt.store.merging.front_matter_merge import FrontMatterMerge
from tkt.store.merging.journal_merge import JournalText, is_sound, unite
from tkt.store.merging.set_merge import members_meant, with_members_meant
from tkt.store.merging.three_way import Draft, MergeLines, conflict_of, lines_merged, settled, shortest
from tkt.store.ticket_text import NoFrontMatter, TicketText

__all__ = ["DifferentTickets", "MergeLines", "Merged", "merge_tickets"]

JOURNAL, WHOLE = "journal", "file"
# As nearly every ticket is; a larger one is read by whoever knows what is too large.
_SMALL = 256 * 1024
_LINE_END = re.compile(r"\r?\n")
_NOTHING_SAID = Said({}, {}, frozenset())


class DifferentTickets(Unreadable):
    """Two versions that are no versions of one ticket: their uids differ, and they are never fused."""

    def __init__(self, ours: str, theirs: str) -> None:
        self.ours, self.theirs = ours, theirs
        message = _("two tickets got one number: one has uid {ours}, the other {theirs}.")
        super().__init__(message.format(ours=ours or "?", theirs=theirs or "?"))


class Merged(NamedTuple):
    """A merged file; `conflicts` names what stands in it with markers: keys, sections, the journal; none when clean."""

    data: bytes
    conflicts: tuple[str, ...]


class _Rest(NamedTuple):
    """What stands below the front matter, merged, and what its journal says of the front matter."""

    text: str
    conflicts: tuple[str, ...]
    said: Said
    entries: tuple[Entry, ...] | None = None


def merge_tickets(base: bytes | None, ours: bytes, theirs: bytes, merge_lines: MergeLines) -> Merged:
    """The two versions made one (docs/format.md, “How two versions are merged”).

    `base` is the version that both grew from; one that cannot be read, or is another ticket's, counts as none.
    Raises DifferentTickets, and UnreadableTicket (store/ticket_file.py) where a version cannot be read.
    """
    mine, other = _read("ours", ours), _read("theirs", theirs)
    root = _root(base, mine, other)
    if ours == theirs:
        return Merged(ours, ())
    root, mine, other = _alike(root or _nothing(mine), mine, other)
    rest = _below(root, mine, other, merge_lines)
    before, my_front, their_front = (_as_its_journal_has_it(one) for one in (root, mine, other))
    meaning = Meaning(before, my_front, their_front, rest.said)
    merge = FrontMatterMerge(meaning, merge_lines)
    front = merge.merged()
    text = _framed(root, mine, other, front.marked, rest.text)
    conflicts = (*dict.fromkeys(merge.conflicts), *rest.conflicts)
    if not conflicts and not _reads_as(text, front.marked, rest):
        whole = _line_by_line(root, mine, other, merge_lines)
        return Merged(whole.marked.encode(), () if whole.is_clean else (WHOLE,))
    return Merged(text.encode(), conflicts)


def _as_its_journal_has_it(version: TicketText) -> FrontMatter:
    """The front matter of a version, with the members of its sets that its own journal speaks of as that has them.

    What a hand put against the journal gives way in any merge: here, so that its order and quotes do so whoever merges
    first.
    """
    front = version.front_matter
    with suppress(UneditableFrontMatter):
        for name, said in replay(version.entries).members.items():
            stand = front.members(name)
            meant = members_meant(stand, stand, stand, said=said)
            if set(meant) != set(stand):
                front = with_members_meant(front, name, meant)
    return front


def _read(name: str, data: bytes) -> TicketText:
    """A version taken apart; raises UnreadableTicket, which says why and where, with `name` for a path."""
    with suppress(UnicodeDecodeError, NoFrontMatter, UnreadableFrontMatter):
        text = TicketText.parse(data.decode()) if len(data) < _SMALL else None
        if text and text.front_matter.places:
            return text
    # Loaded only where it has something to say: a merge starts once for each ticket.
    from tkt.store.ticket_file import TicketFile

    return TicketFile.parse(name, data).text


def _root(base: bytes | None, ours: TicketText, theirs: TicketText) -> TicketText | None:
    """The version that both grew from, None where there is none; raises DifferentTickets."""
    uids = [one.front_matter.fields.get("uid", "") for one in (ours, theirs)]
    root = None
    if base:
        with suppress(Unreadable):
            root = _read("base", base)
    grown_from = root.front_matter.fields.get("uid", "") if root else ""
    # A uid that a hand took out of one side is still the one that both had.
    known = {uid or grown_from for uid in uids}
    if len(known) > 1 or not all(known):
        raise DifferentTickets(*uids)
    return root if grown_from in known else None


def _nothing(like: TicketText) -> TicketText:
    """What a ticket grows from that neither side knows."""
    return replace(like, bom="", front_matter=FrontMatter("", like.eol), body="", journal="")


def _alike(base: TicketText, ours: TicketText, theirs: TicketText) -> tuple[TicketText, TicketText, TicketText]:
    """The three with the line ends that the file is to have: those of the side that changed them."""
    if ours.eol == theirs.eol == base.eol:
        return base, ours, theirs
    eol = settled(base.eol, ours.eol, theirs.eol, preferred=len)
    made = (one if one.eol == eol else _with_line_ends(one, eol) for one in (base, ours, theirs))
    root, mine, other = made
    return root, mine, other


def _with_line_ends(text: TicketText, eol: str) -> TicketText:
    return TicketText.parse(_LINE_END.sub(eol, str(text)))


def _below(base: TicketText, ours: TicketText, theirs: TicketText, merge_lines: MergeLines) -> _Rest:
    """Sections and journal; line by line where a journal does not tell its entries apart."""
    sides = (base, ours, theirs)
    if not (is_sound(ours) and is_sound(theirs)):
        draft = lines_merged(*(one.body + one.journal for one in sides), merge_lines=merge_lines)
        return _Rest(draft.marked, () if draft.is_clean else (JOURNAL,), _NOTHING_SAID)
    known = JournalText.of(base) if is_sound(base) else JournalText("", (), "")
    united = unite(known, JournalText.of(ours), JournalText.of(theirs), ours.eol)
    body, conflicts = merge_bodies(base, ours, theirs, united.redacted, merge_lines)
    said = Said.by(replay(united.entries), united.redacted)
    return _Rest(body + united.text, conflicts, said, united.entries)


def _framed(base: TicketText, ours: TicketText, theirs: TicketText, front: str, rest: str) -> str:
    """The file round its merged parts: byte order mark and the two lines round the front matter."""
    frames = [(one.bom, one.opening, one.closing) for one in (base, ours, theirs)]
    bom, opening, closing = (settled(*parts, preferred=shortest) for parts in zip(*frames, strict=True))
    return f"{bom}{opening}{front}{closing}{rest}"


def _reads_as(text: str, front: str, rest: _Rest) -> bool:
    """Whether a merged file, taken apart again, is what it was put together from."""
    try:
        found = TicketText.parse(text)
    except NoFrontMatter:
        return False
    if found.front_matter.source != front:
        return False
    return rest.entries is None or (is_sound(found) and found.entries == rest.entries)


def _line_by_line(base: TicketText, ours: TicketText, theirs: TicketText, merge_lines: MergeLines) -> Draft:
    """The last resort: both files whole between marks, unless their lines merge into a ticket with every entry."""
    draft = lines_merged(str(base), str(ours), str(theirs), merge_lines=merge_lines)
    try:
        found = TicketText.parse(draft.marked)
    except NoFrontMatter:
        found = None
    if not draft.is_clean or (found and {*ours.entries, *theirs.entries} <= set(found.entries)):
        return draft
    return conflict_of(str(ours), str(theirs), ours.eol)
