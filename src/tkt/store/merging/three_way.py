"""Two versions and the one that both grew from: what is undisputed, in which order things stand, and what conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from tkt.domain.keys import FRONT_MATTER

T = TypeVar("T")

# Where a new name stands among others that both sides put in one place.
Rank = Callable[[str], tuple[int, str]]

# A line merge: base, ours, theirs -> the text, and whether it holds no markers.
MergeLines = Callable[[str, str, str], tuple[str, bool]]

OURS, PARTED, THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"


class Draft(NamedTuple):
    """A merged text: `marked` as it is to stand, and as it would be were each conflict settled for one side."""

    marked: str
    ours: str
    theirs: str

    @classmethod
    def of(cls, text: str) -> Draft:
        """A text without a conflict."""
        return cls(text, text, text)

    @property
    def is_clean(self) -> bool:
        """Whether nothing in it is in conflict."""
        return self.marked == self.ours == self.theirs

    def then(self, other: Draft) -> Draft:
        """This text with another behind it."""
        return Draft(self.marked + other.marked, self.ours + other.ours, self.theirs + other.theirs)


def joined(drafts: Sequence[Draft]) -> Draft:
    """Texts one behind the other."""
    return Draft(*("".join(pieces) for pieces in zip(*drafts, strict=True))) if drafts else Draft.of("")


def conflict_of(ours: str, theirs: str, eol: str) -> Draft:
    """Both texts, whole lines each, between the marks that git puts there."""
    ends = (text + eol if text and not text.endswith("\n") else text for text in (ours, theirs))
    mine, other = ends
    return Draft(f"{OURS}{eol}{mine}{PARTED}{eol}{other}{THEIRS}{eol}", ours, theirs)


def is_disputed(base: T, ours: T, theirs: T) -> bool:
    """Whether both sides changed something, and not alike."""
    return ours not in (theirs, base) and theirs != base


def undisputed(base: T, ours: T, theirs: T) -> T:
    """What stands where at most one side changed it, or both did alike."""
    return theirs if ours == base else ours


def settled(base: T, ours: T, theirs: T, *, preferred: Callable[[T], object]) -> T:
    """What stands where a dispute does not matter: the smaller by `preferred`, whichever side it is on."""
    if is_disputed(base, ours, theirs):
        return min((ours, theirs), key=preferred)  # type: ignore[arg-type]
    return undisputed(base, ours, theirs)


def shortest(text: str) -> tuple[int, str]:
    """Of blanks and line ends that differ, the fewest."""
    return len(text), text


def lines_merged(base: str, ours: str, theirs: str, *, merge_lines: MergeLines) -> Draft:
    """A text that both sides may have changed, line by line; the same whichever side is ours, where it is clean."""
    if not is_disputed(base, ours, theirs):
        return Draft.of(undisputed(base, ours, theirs))
    merged, clean = merge_lines(base, *sorted((ours, theirs)))
    if clean:
        return Draft.of(merged)
    marked, _clean = merge_lines(base, ours, theirs)
    return Draft(marked, ours, theirs)


def merged_order(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str], *, rank: Rank) -> list[str]:
    """The names of all three in one order: the one of the side that departed from base.

    New names stand behind the one that they stood behind; where both sides put some there, by `rank`.
    """
    spine = _spine(base, ours, theirs)
    mine, other = (_runs(side, base, rank) for side in (ours, theirs))
    order: list[str] = []
    for anchor in (None, *spine):
        order += [anchor] if anchor is not None else []
        order += _one_run(mine.get(anchor, []), other.get(anchor, []), rank)
    return list(dict.fromkeys(order))


def _spine(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    departed = []
    for side in (ours, theirs):
        order, there = [name for name in side if name in base], set(side)
        if order != [name for name in base if name in there]:
            departed.append(order)
    return _completed(min(departed), base) if departed else list(base)


def _completed(order: list[str], base: Sequence[str]) -> list[str]:
    """`order` with the names of base that it lacks, each behind the one that it stood behind."""
    for number, name in enumerate(base):
        if name not in order:
            order.insert(order.index(base[number - 1]) + 1 if number else 0, name)
    return order


def _runs(side: Sequence[str], base: Sequence[str], rank: Rank) -> dict[str | None, list[str]]:
    """New names by the one of base behind which they stand."""
    runs: dict[str | None, list[str]] = {}
    anchor = None
    for name in side:
        if name in base:
            anchor = name
        else:
            runs.setdefault(_behind(anchor, name, base, side, rank), []).append(name)
    return runs


def _behind(anchor: str | None, name: str, base: Sequence[str], side: Sequence[str], rank: Rank) -> str | None:
    """The name of base behind which a new one stands: also one that this side took out, and that ranks before it.

    Where it stood before that one went is no longer to be seen, and the same in whatever order clones are merged.
    """
    for gone in base[base.index(anchor) + 1 if anchor is not None else 0 :]:
        if gone in side or rank(gone) > rank(name):
            break
        anchor = gone
    return anchor


def _one_run(ours: list[str], theirs: list[str], rank: Rank) -> list[str]:
    if ours == theirs or not theirs:
        return ours
    return sorted({*ours, *theirs}, key=rank) if ours else theirs


_PLACES = {name: place for place, name in enumerate(dict.fromkeys(n.partition(".")[0] for n in FRONT_MATTER))}
_NESTED = {name.partition(".")[2]: place for place, name in enumerate(FRONT_MATTER) if "." in name}


def rank_of_key(name: str) -> tuple[int, str]:
    """Where a new key stands among others: by the table of keys, then anybody's own by name."""
    return _PLACES.get(name, len(_PLACES)), name


def rank_of_pair(name: str) -> tuple[int, str]:
    """The same for the pairs of a mapping."""
    return _NESTED.get(name, len(FRONT_MATTER)), name
