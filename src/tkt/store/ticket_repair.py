"""A ticket's text put right after a bad merge: entries out of order, twice, mixed or dropped; keys that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from tkt.domain.entry import Entry
from tkt.domain.journal import replay
from tkt.domain.keys import kind_of
from tkt.store.front_matter import FrontMatter
from tkt.store.merging.journal_merge import Block, JournalText, unite
from tkt.store.merging.set_merge import members_meant, with_members_meant
from tkt.store.merging.three_way import conflict_of, is_disputed, undisputed
from tkt.store.ticket_text import TicketText
from tkt.store.yaml_edit import Place
from tkt.store.yaml_nodes import ScalarNode

# A line that a merge, and no person, put into an entry.
_MARK = re.compile(r"<{7} .*|\|{7}( .*)?|={7}|>{7} .*")


class MergedTexts(NamedTuple):
    """The versions of one ticket that a merge brought together, and what it made of them; None where there is none."""

    base: TicketText | None
    ours: TicketText | None
    theirs: TicketText | None
    result: TicketText | None

    @property
    def sides(self) -> list[TicketText]:
        """The two versions, as far as they are there."""
        return [one for one in (self.ours, self.theirs) if one]


class Keyed(NamedTuple):
    """A text in which each key stands once: `kept` is what stands of those that stood twice, `disputed` those of which
    nobody knows what is to stand; they are between conflict marks.
    """

    text: TicketText
    kept: dict[str, str]
    disputed: tuple[str, ...]


def with_united_journal(text: TicketText, merges: Sequence[MergedTexts]) -> TicketText:
    """The text with every entry of its own and of what `merges` brought together once, in journal order.

    All journals must be sound. An entry that a merge made up by mixing lines of its two sides gives way to what they
    say, also where a later merge took it for an entry; one that was redacted since stays so.
    """
    known = [_once(JournalText.of(side)) for merge in merges for side in merge.sides]
    mixed = {value for merge in merges if merge.result for value in _mixed_by(merge)}
    known = [_without(one, mixed) for one in known]
    own = _once(JournalText.of(text))
    own = _without(own, mixed | set(_mixed(own, known)))
    for other in known or [own]:
        text = replace(text, journal=unite(other, own, other, text.eol).text)
        own = JournalText.of(text)
    return text


def _once(journal: JournalText) -> JournalText:
    """The journal with each entry where it stands first."""
    return journal._replace(blocks=tuple(blocks[0] for blocks in journal.spellings.values()))


def _without(journal: JournalText, values: set[Entry]) -> JournalText:
    kept = (blocks for value, blocks in journal.spellings.items() if value not in values)
    return journal._replace(blocks=tuple(block for blocks in kept for block in blocks))


def _mixed_by(merge: MergedTexts) -> Iterator[Entry]:
    assert merge.result is not None
    return _mixed(JournalText.of(merge.result), [JournalText.of(side) for side in merge.sides])


def _mixed(journal: JournalText, known: Sequence[JournalText]) -> Iterator[Entry]:
    """The entries that no version knows, at a place where one of theirs stands, with nothing but lines of theirs."""
    values = {value for one in known for value in one.spellings}
    heads = {_head(value) for value in values}
    lines = {line for one in known for block in one.blocks for line in _lines(block)}
    for value, blocks in journal.spellings.items():
        if value not in values and _head(value) in heads and all(_is_known(one, lines) for one in _lines(blocks[0])):
            yield value


def _head(entry: Entry) -> tuple[object, ...]:
    return (*entry.position, entry.author)


def _lines(block: Block) -> Iterator[str]:
    return (line.strip() for line in block.core.split("\n") if line.strip())


def _is_known(line: str, lines: set[str]) -> bool:
    return line in lines or _MARK.fullmatch(line) is not None


def with_snapshot(text: TicketText) -> TicketText:
    """The text with the front matter that its journal gives; raises UneditableFrontMatter."""
    said = replay(text.entries)
    front = text.front_matter
    for key, value in said.values.items():
        front = front.with_value(key, value)
    for key, members in said.members.items():
        stand = front.members(key)
        front = with_members_meant(front, key, members_meant(stand, stand, stand, said=members), stand)
    return text.with_front_matter(front)


def with_keys_once(text: TicketText, merges: Sequence[MergedTexts]) -> Keyed:
    """The text with each key once: what the journal says stands, else what the side says that changed it."""
    said = replay(text.entries).values
    front, kept, disputed = text.front_matter, {}, []
    while open_ones := [name for name in front.doubles if name not in disputed]:
        name = open_ones[0]
        places = front.doubles[name]
        chosen = _chosen(front, name, places, said.get(name), merges)
        if chosen is None:
            disputed.append(name)
            continue
        kept[name] = _value(front, chosen)
        front = replace(front, source=_taken_out(front, [place for place in places if place is not chosen]))
        if kind_of(name) == "set":
            members = [one for place in places for one in _members(front, place)]
            front = front.with_members(name, tuple(members), ())
    for name in disputed:
        front = replace(front, source=_marked(front, front.doubles[name]))
    return Keyed(text.with_front_matter(front), kept, tuple(disputed))


def _chosen(
    front: FrontMatter, name: str, places: list[Place], said: str | None, merges: Sequence[MergedTexts]
) -> Place | None:
    """The place that stays; None where both sides wrote one, or nobody knows who did."""
    values = [_value(front, place) for place in places]
    wanted = values[0] if len(set(values)) == 1 or kind_of(name) == "set" else said
    if wanted is None:
        wanted = next((one for one in (_merged(name, merge) for merge in merges) if one in values), None)
    if wanted is None:
        return None
    return places[values.index(wanted)] if wanted in values else places[0]


def _merged(name: str, merge: MergedTexts) -> str | None:
    """What a merge by the keys' own rules would have made of a key; None where both sides changed it."""
    fronts = (one.front_matter if one else None for one in merge[:3])
    base, ours, theirs = ({**one.unread, **one.fields}.get(name) if one else None for one in fronts)
    return None if is_disputed(base, ours, theirs) else undisputed(base, ours, theirs)


def _value(front: FrontMatter, place: Place) -> str:
    return (
        place.value.text if isinstance(place.value, ScalarNode) else front.source[place.value.start : place.value.end]
    )


def _members(front: FrontMatter, place: Place) -> tuple[str, ...]:
    return tuple(one.text for one in getattr(place.value, "items", ()) if isinstance(one, ScalarNode))


def _span(source: str, place: Place) -> tuple[int, int]:
    """The lines of a pair."""
    end = source.find("\n", max(place.key.end, place.value.end))
    return source.rfind("\n", 0, place.key.start) + 1, len(source) if end < 0 else end + 1


def _taken_out(front: FrontMatter, places: Iterable[Place]) -> str:
    source = front.source
    for place in sorted(places, key=lambda one: one.key.start, reverse=True):
        start, end = _span(source, place)
        source = source[:start] + source[end:]
    return source


def _marked(front: FrontMatter, places: Sequence[Place]) -> str:
    """Both of a key's pairs between conflict marks, where the first of them stands."""
    (start, end), last = _span(front.source, places[0]), _span(front.source, places[-1])
    conflict = conflict_of(front.source[start:end], front.source[slice(*last)], front.eol).marked
    rest = _taken_out(front, places[1:])
    return rest[:start] + conflict + rest[end:]
