"""What two front matters mean together, key by key: what their merge must say, whatever its text looks like."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from tkt.domain.journal import Replay
from tkt.domain.keys import kind_of
from tkt.domain.redaction import is_redaction_of
from tkt.store.front_matter import FrontMatter
from tkt.store.merging.set_merge import members_meant
from tkt.store.merging.three_way import is_disputed, undisputed


class Said(NamedTuple):
    """What the united journal says of the front matter: values, members of sets, and what was redacted."""

    values: Mapping[str, str]
    members: Mapping[str, Mapping[str, bool]]
    redacted: frozenset[str]

    @classmethod
    def by(cls, replay: Replay, redacted: Iterable[str]) -> Said:
        """What a journal's replay says."""
        return cls(replay.values, replay.members, frozenset(redacted))


class Meaning(NamedTuple):
    """Two front matters, the one that both grew from, and what the united journal says of them."""

    base: FrontMatter
    ours: FrontMatter
    theirs: FrontMatter
    said: Said

    @property
    def fronts(self) -> tuple[FrontMatter, FrontMatter, FrontMatter]:
        """The three of them."""
        return self.base, self.ours, self.theirs

    def names(self) -> list[str]:
        """Every key that one of them holds with something other than a set."""
        return list(dict.fromkeys(name for one in self.fronts for name in (*one.fields, *one.unread)))

    def members(self, name: str) -> tuple[str, ...]:
        """The members that a set is to have."""
        return members_meant(*(one.members(name) for one in self.fronts), said=self.said.members.get(name, {}))

    def of(self, name: str) -> set[str | None]:
        """What a key may say in the merge: one thing, or in a conflict what either side says."""
        if name in self.said.values:
            said = self.said.values[name]
            return {said}
        base, ours, theirs = (one.fields.get(name, one.unread.get(name)) for one in self.fronts)
        if is_disputed(base, ours, theirs):
            marked = [new for new, old in ((ours, theirs), (theirs, ours)) if is_redaction_of(new or "", old or "")]
            return set(marked) if marked and name in self.said.redacted else {ours, theirs}
        return {undisputed(base, ours, theirs)}

    def _allowed(self, name: str, conflicts: Collection[str]) -> set[str | None]:
        """The same where the key, or the mapping that it is in, may be in conflict as a whole."""
        if name not in conflicts and name.partition(".")[0] not in conflicts:
            return self.of(name)
        return {one.fields.get(name, one.unread.get(name)) for one in (self.ours, self.theirs)}

    def is_said_by(self, source: str, conflicts: Collection[str]) -> bool:
        """Whether a front matter says of every key what was meant, and nothing else; raises UnreadableFrontMatter."""
        front = FrontMatter(source, self.ours.eol)
        if _is_flawed(front) and not (_is_flawed(self.ours) or _is_flawed(self.theirs)):
            return False
        stands = {**front.unread, **front.fields}
        sets = {name for one in (*self.fronts, front) for name in one.places if kind_of(name) == "set"}
        keys = {*self.names(), *stands, *self.said.values} - sets
        return all(_same(stands.get(name), self._allowed(name, conflicts)) for name in keys) and all(
            name in conflicts or set(front.members(name)) == set(self.members(name)) for name in sets
        )


def _is_flawed(front: FrontMatter) -> bool:
    return any(flaw.severity == "error" for flaw in front.flaws())


def _same(stands: str | None, meant: set[str | None]) -> bool:
    """A key that holds nothing says as much as one that is not there."""
    return stands in meant or (not stands and not all(meant))
