"""Two versions of a front matter made one: what the journal says of a key, else what either side did to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tkt.domain.keys import kind_of
from tkt.domain.redaction import is_redaction_of
from tkt.store.front_matter import FrontMatter, UneditableFrontMatter, UnreadableFrontMatter
from tkt.store.merging.front_matter_cut import END, Cut, Piece, Uncuttable, cut, cut_below
from tkt.store.merging.front_matter_meaning import Meaning
from tkt.store.merging.redaction_merge import merged_redaction
from tkt.store.merging.set_merge import with_members_meant
from tkt.store.merging.three_way import (
    Draft,
    MergeLines,
    Rank,
    conflict_of,
    is_disputed,
    joined,
    lines_merged,
    merged_order,
    rank_of_key,
    rank_of_pair,
    undisputed,
)
from tkt.store.yaml_nodes import MappingNode, SequenceNode, is_nothing

# The front matter as a whole, or a comment in it: also how an entry names one that was redacted.
WHOLE = "front matter"
_NOTHING = Cut({}, "")


class FrontMatterMerge:
    """Three front matters on their way to be one; `conflicts` names the keys that both sides changed differently."""

    def __init__(self, meaning: Meaning, merge_lines: MergeLines) -> None:
        self.meaning = meaning
        self.merge_lines = merge_lines
        self.conflicts: list[str] = []

    def merged(self) -> Draft:
        """The front matter, proven to say what was meant; line by line where it cannot be taken apart."""
        try:
            draft = self._mapping("", *map(cut, self.meaning.fronts), rank=rank_of_key)
            if draft.is_clean:
                draft = Draft.of(self._with_what_is_said(draft.marked))
            if all(self.meaning.is_said_by(source, self.conflicts) for source in {draft.ours, draft.theirs}):
                return draft
        except (Uncuttable, UneditableFrontMatter, UnreadableFrontMatter):
            pass
        return self._line_by_line()

    @property
    def _eol(self) -> str:
        return self.meaning.ours.eol

    def _line_by_line(self) -> Draft:
        self.conflicts.clear()
        sources = [one.source for one in self.meaning.fronts]
        draft = lines_merged(*sources, merge_lines=self.merge_lines)
        if draft.is_clean and draft.marked in sources:
            return draft
        self.conflicts.append(WHOLE)
        if not draft.is_clean:
            return draft
        try:
            draft = Draft.of(self._with_what_is_said(draft.marked))
            if self.meaning.is_said_by(draft.marked, ()):
                self.conflicts.clear()
                return draft
        except (UneditableFrontMatter, UnreadableFrontMatter):
            pass
        return conflict_of(self.meaning.ours.source, self.meaning.theirs.source, self._eol)

    def _mapping(self, prefix: str, base: Cut, ours: Cut, theirs: Cut, *, rank: Rank) -> Draft:
        cuts = (base, ours, theirs)
        leads = [one.leads(base) for one in cuts]
        drafts = []
        for name in [*merged_order(*(list(one.pieces) for one in cuts), rank=rank), END]:
            pair = self._pair(prefix + name, *(one.pieces.get(name) for one in cuts)) if name != END else Draft.of("")
            drafts += [self._lead(prefix + name, name, leads, gone=pair is None), pair or Draft.of("")]
        return joined(drafts)

    def _lead(self, full: str, name: str, leads: list[dict[str, str]], *, gone: bool) -> Draft:
        """The comments above a key: a side without the key has no opinion on them, as long as it stands."""
        before = leads[0].get(name, "")
        ours, theirs = (one.get(name, "" if gone else before) for one in leads[1:])
        if WHOLE in self.meaning.said.redacted and is_disputed(before, ours, theirs):
            merged = merged_redaction(before, ours, theirs)
            if merged is not None:
                return Draft.of(merged)
        draft = lines_merged(before, ours, theirs, merge_lines=self.merge_lines)
        if not draft.is_clean:
            self.conflicts.append(WHOLE if name == END else full)
        return draft

    def _pair(self, name: str, base: Piece | None, ours: Piece | None, theirs: Piece | None) -> Draft | None:
        """The lines of a key; None where it goes."""
        sides = (base, ours, theirs)
        if name in self.meaning.said.values:
            stand = [side for side in (ours, theirs) if _text(side) == self.meaning.said.values[name]]
            if len(stand) == 1:
                return self._as_said(base, stand[0], theirs if stand[0] is ours else ours)
            if not stand and (written := self._written(name, base, ours, theirs)):
                return written
        if kind_of(name) == "set" and all(side is None or _is_list(side) for side in sides):
            return self._set(name, *sides)
        if ours is None or theirs is None:
            return self._one_sided(name, base, ours, theirs)
        if ours.pair == theirs.pair:
            return Draft.of(ours.pair)
        if _is_opened(name) and ours.has_pairs_below and theirs.has_pairs_below:
            return self._below(name, base, ours, theirs)
        if is_disputed(base and base.pair, ours.pair, theirs.pair) and self._is_of_values(name, ours, theirs):
            return self._in_braces(name, ours, theirs)
        return self._value(name, base, ours, theirs)

    def _written(self, name: str, base: Piece | None, ours: Piece | None, theirs: Piece | None) -> Draft | None:
        """What the journal says, as a command would have written it: a hand's value that gives way leaves no quotes."""
        try:
            made = _piece_in(_with_values(self.meaning.base, {name: self.meaning.said.values[name]}), name)
        except UneditableFrontMatter:
            return None
        if made is None:
            return None
        behind = base.trail if base else self._eol
        mine, other = (side.trail if side else behind for side in (ours, theirs))
        if not made.takes_any_trail or is_disputed(behind, mine, other):
            return None
        return Draft.of(made.stem + undisputed(behind, mine, other))

    def _as_said(self, base: Piece | None, own: Piece | None, other: Piece | None) -> Draft | None:
        """The pair of the one side that says what the journal says, with a comment of the other's behind it."""
        if own is None:
            return None
        # Behind a key that was not there, nothing was: a comment of either side is new.
        behind = base.trail if base else self._eol
        if other is None or not own.takes_any_trail or is_disputed(behind, own.trail, other.trail):
            return Draft.of(own.pair)
        return Draft.of(own.stem + undisputed(behind, own.trail, other.trail))

    def _one_sided(self, name: str, base: Piece | None, ours: Piece | None, theirs: Piece | None) -> Draft | None:
        there = ours or theirs
        if there is None or (base is not None and there.pair == base.pair):
            return None
        if base is None or there.text == "":
            return Draft.of(there.pair)
        return self._conflict(name, ours, theirs)

    def _value(self, name: str, base: Piece | None, ours: Piece, theirs: Piece) -> Draft:
        stem = base and base.stem
        if not is_disputed(stem, ours.stem, theirs.stem):
            chosen = ours if undisputed(stem, ours.stem, theirs.stem) == ours.stem else theirs
        elif ours.text is not None and ours.text == theirs.text:
            chosen = min(ours, theirs, key=lambda piece: piece.stem)
        else:
            return self._redacted(name, ours, theirs) or self._conflict(name, ours, theirs)
        behind = base and base.trail
        if is_disputed(behind, ours.trail, theirs.trail):
            return self._conflict(name, ours, theirs)
        trail = undisputed(behind, ours.trail, theirs.trail)
        if trail != chosen.trail and not chosen.takes_any_trail:
            return self._conflict(name, ours, theirs)
        return Draft.of(chosen.stem + (trail or ""))

    def _redacted(self, name: str, ours: Piece, theirs: Piece) -> Draft | None:
        """The side that holds the marker, where an entry says that this was redacted."""
        if name not in self.meaning.said.redacted or ours.text is None or theirs.text is None:
            return None
        pairs = ((ours, theirs.text), (theirs, ours.text))
        marked = [piece.pair for piece, other in pairs if is_redaction_of(piece.text or "", other)]
        return Draft.of(min(marked)) if marked else None

    def _below(self, name: str, base: Piece | None, ours: Piece, theirs: Piece) -> Draft:
        (mine, my_pairs), (other, other_pairs) = (
            cut_below(self.meaning.ours, ours),
            cut_below(self.meaning.theirs, theirs),
        )
        known = base is not None and base.has_pairs_below
        before, pairs = cut_below(self.meaning.base, base) if base and known else ("", _NOTHING)
        if is_disputed(before, mine, other):
            return self._conflict(name, ours, theirs)
        head = Draft.of(undisputed(before, mine, other))
        return head.then(self._mapping(f"{name}.", pairs, my_pairs, other_pairs, rank=rank_of_pair))

    def _is_of_values(self, name: str, ours: Piece, theirs: Piece) -> bool:
        """Whether a key holds a mapping of single values on both sides."""
        mappings = isinstance(ours.value, MappingNode) and isinstance(theirs.value, MappingNode)
        unread = (one for front in self.meaning.fronts for one in front.unread)
        return _is_opened(name) and mappings and not any(one.startswith(f"{name}.") for one in unread)

    def _in_braces(self, name: str, ours: Piece, theirs: Piece) -> Draft:
        """A mapping that has no lines of its own for each pair: the pairs of one side, written into the other."""
        below = [one for one in self.meaning.names() if one.startswith(f"{name}.")]
        # New pairs go in one after the other, whichever side has them.
        below.sort(key=lambda one: rank_of_pair(one.removeprefix(f"{name}.")))
        wanted = {one: self.meaning.of(one) for one in below}
        carrier = self._carrier(
            name, lambda side: _with_values(self.meaning.base, {one: side.fields.get(one) for one in wanted})
        )
        if carrier is None and "#" not in ours.pair + theirs.pair:
            carrier = self.meaning.ours if ours.pair < theirs.pair else self.meaning.theirs
        if carrier is None or any(len(choice) > 1 for choice in wanted.values()):
            return self._conflict(name, ours, theirs)
        made = _with_values(carrier, {one: next(iter(choice)) for one, choice in wanted.items()})
        return Draft.of(_pair_in(made, name) or "")

    def _set(self, name: str, base: Piece | None, ours: Piece | None, theirs: Piece | None) -> Draft | None:
        meant = self.meaning.members(name)
        before, mine, other = (side and side.pair for side in (base, ours, theirs))
        if not is_disputed(before, mine, other):
            side = self.meaning.ours if undisputed(before, mine, other) == mine else self.meaning.theirs
            if side.members(name) == meant:
                return _draft(_pair_in(side, name))
        carrier = self._carrier(name, lambda side: with_members_meant(self.meaning.base, name, side.members(name)))
        if carrier is not None:
            known = self.meaning.base.members(name)
            return _draft(_pair_in(with_members_meant(carrier, name, meant, known), name))
        draft = lines_merged(before or "", mine or "", other or "", merge_lines=self.merge_lines)
        if not draft.is_clean:
            self.conflicts.append(name)
        return draft

    def _carrier(self, name: str, as_by_command: Callable[[FrontMatter], FrontMatter]) -> FrontMatter | None:
        """The front matter into which both sides' changes of a key are to be written: the one with a hand's marks.

        That is base where commands alone could have made both sides of it; None where hands were at work on both.
        """
        by_hand = []
        for side in (self.meaning.ours, self.meaning.theirs):
            try:
                made = _pair_in(as_by_command(side), name)
            except UneditableFrontMatter:
                made = ""
            by_hand += [side] if made != _pair_in(side, name) else []
        return by_hand[0] if len(by_hand) == 1 else None if by_hand else self.meaning.base

    def _conflict(self, name: str, ours: Piece | None, theirs: Piece | None) -> Draft:
        self.conflicts.append(name)
        return conflict_of(ours.pair if ours else "", theirs.pair if theirs else "", self._eol)

    def _with_what_is_said(self, source: str) -> str:
        """A snapshot that departed from its own journal, on both sides or on one, follows it again."""
        front = _with_values(FrontMatter(source, self._eol), self.meaning.said.values)
        for name in self.meaning.said.members:
            front = with_members_meant(front, name, self.meaning.members(name), front.members(name))
        return front.source


def _text(piece: Piece | None) -> str | None:
    return piece.text if piece else ""


def _draft(pair: str | None) -> Draft | None:
    return Draft.of(pair) if pair is not None else None


def _is_list(piece: Piece) -> bool:
    return isinstance(piece.value, SequenceNode) or is_nothing(piece.value)


def _is_opened(name: str) -> bool:
    return name == "requester" or (name.startswith("x_") and "." not in name)


def _pair_in(front: FrontMatter, name: str) -> str | None:
    piece = cut(front).pieces.get(name)
    return piece and piece.pair


def _piece_in(front: FrontMatter, name: str) -> Piece | None:
    """The piece of a key, or of one below it."""
    parent, _dot, child = name.partition(".")
    piece = cut(front).pieces.get(parent)
    if not child or piece is None or not piece.has_pairs_below:
        return piece
    return cut_below(front, piece)[1].pieces.get(child)


def _with_values(front: FrontMatter, values: Mapping[str, str | None]) -> FrontMatter:
    for name, value in values.items():
        front = front.with_value(name, value or "")
    return front
