"""Two versions of what people wrote above the journal made one: section by section, then line by line."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from tkt.domain.redaction import MARKER
from tkt.store.merging.redaction_merge import merged_redaction
from tkt.store.merging.three_way import Draft, MergeLines, is_disputed, joined, lines_merged, merged_order
from tkt.store.ticket_text import TicketText

# The sections of ours in their order, and how an entry names one; nothing stands behind the journal's heading.
_OURS = {"": "preamble", "Description": "description", "Actions": "actions", "Journal": "journal"}


def merge_bodies(
    base: TicketText, ours: TicketText, theirs: TicketText, redacted: Collection[str], merge_lines: MergeLines
) -> tuple[str, tuple[str, ...]]:
    """The merged body, and the names of the sections that hold markers."""
    before, mine, other = (_sections(text) for text in (base, ours, theirs))
    drafts, conflicts = [], []
    for key in merged_order(list(before), list(mine), list(other), rank=_rank):
        texts = [sections.get(key, "") for sections in (before, mine, other)]
        name = _name(key)
        draft = _section(*texts, merge_lines=merge_lines, redacted=name in redacted)
        conflicts += [] if draft.is_clean else [name]
        drafts.append(draft)
    return joined(drafts).marked, tuple(conflicts)


def _section(base: str, ours: str, theirs: str, *, merge_lines: MergeLines, redacted: bool) -> Draft:
    if not redacted or not is_disputed(base, ours, theirs):
        return lines_merged(base, ours, theirs, merge_lines=merge_lines)
    merged = merged_redaction(base, ours, theirs)
    if merged is not None:
        return Draft.of(merged)
    draft = lines_merged(base, ours, theirs, merge_lines=merge_lines)
    # A conflict would show what was made unreadable: the side with more markers stands.
    return draft if draft.is_clean else Draft.of(max(ours, theirs, key=lambda text: (text.count(MARKER), text)))


def _sections(text: TicketText) -> dict[str, str]:
    """Each section with its heading, by its title; one that stands there again has its number behind the title."""
    found: dict[str, str] = {}
    blocks = list(text.blocks())
    for number, (start, block) in enumerate(pairwise([0, *(one.end for one in blocks)])):
        title = blocks[number].title if number else ""
        again = sum(1 for key in found if key.partition("\n")[0] == title)
        found[f"{title}\n{again + 1}" if again or (number and not title) else title] = text.body[start:block]
    return found


def _rank(key: str) -> tuple[int, str]:
    """New sections of both sides: ours in their order, then anybody's own, the journal's heading last."""
    order = ["", "Description", "Actions"]
    return (order.index(key) if key in order else len(order) + (key == "Journal")), key


def _name(key: str) -> str:
    title = key.partition("\n")[0]
    return _OURS.get(title) or f"section {title}"
