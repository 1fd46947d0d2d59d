"""The numbers that a clone gives to new tickets: the highest one given, and the blocks that are reserved for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from tkt.domain.identifier import new_uid
from tkt.git.repository import Repository
from tkt.language import _, reason_of
from tkt.store.desk_folder import replace_file

# In the git directory that all work trees of a clone share, so that one lock guards it and no number is given twice.
NAME = "tkt-numbers"
_ABOUT = "The numbers of tickets that this clone has given, and those that `tkt sync` has reserved for it."


class Block(NamedTuple):
    """Numbers reserved for this clone, both ends included; `next` is the smallest one not given yet."""

    first: int
    last: int
    next: int

    @property
    def left(self) -> int:
        """How many of them are still to be given."""
        return max(self.last - self.next + 1, 0)


class Range(NamedTuple):
    """Numbers that somebody has reserved, both ends included."""

    first: int
    last: int
    clone: str


@dataclass(frozen=True, slots=True)
class Series:
    """One desk's numbers: the highest given, the end of all that anybody has reserved, and the clone's own blocks."""

    highest: int = 0
    reserved_up_to: int = 0
    blocks: tuple[Block, ...] = ()

    @property
    def left(self) -> int:
        """How many reserved numbers are still to be given."""
        return sum(block.left for block in self.blocks)

    def taken(self, lowest: int) -> tuple[int, Series]:
        """The next number, and what is then left: the smallest one of a block.

        Without a block it lies beyond all that is known to be reserved: there it meets a number given as blindly, or
        a block reserved since; anything smaller is somebody's to give, and would surely have to change.
        """
        for place, block in enumerate(self.blocks):
            if block.left:
                number = block.next
                rest = (block._replace(next=number + 1), *self.blocks[place + 1 :])
                return number, replace(self, highest=max(self.highest, number), blocks=rest)
        number = max(lowest, self.highest + 1, self.reserved_up_to + 1)
        return number, replace(self, highest=number, blocks=())

    def knowing(self, ranges: Iterable[Range], clone: str) -> Series:
        """The series with what was reserved since: those of `clone` become its blocks.

        Numbers of such a block may have been given blindly, while its reservation was on its way.
        """
        new = sorted(one for one in ranges if one.first > self.reserved_up_to)
        own = tuple(self._block(one) for one in new if one.clone == clone)
        end = max([self.reserved_up_to, *(one.last for one in new)])
        return replace(self, reserved_up_to=end, blocks=(*self.blocks, *own))

    def _block(self, reserved: Range) -> Block:
        first, last, _clone = reserved
        return Block(first, last, self.highest + 1 if first <= self.highest <= last else first)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a clone knows of numbers: its name in the ledger, those it had before, and a series for each desk."""

    clone: str = field(default_factory=new_uid)
    earlier: tuple[str, ...] = ()
    series: Mapping[str, Series] = field(default_factory=dict)

    def of(self, tickets: str) -> Series:
        """The series of the desk whose tickets lie in the folder of that name in git."""
        return self.series.get(tickets, Series())

    def put(self, tickets: str, series: Series) -> Numbers:
        """The same with another series for one desk."""
        return replace(self, series={**self.series, tickets: series})

    def is_own(self, clone: str) -> bool:
        """Whether a name in the ledger is, or was, this clone's."""
        return clone == self.clone or clone in self.earlier

    def copied(self) -> Numbers:
        """What the copy of a clone knows: two that gave numbers out of one block would give each of them twice."""
        series = {name: replace(one, blocks=()) for name, one in self.series.items()}
        return Numbers(earlier=(*self.earlier, self.clone), series=series)


class NumberFile:
    """The file that keeps a clone's numbers; whoever uses it holds the desk's lock."""

    def __init__(self, folder: Path, tell: Callable[[str], object] = lambda _words: None) -> None:
        self._folder = folder
        self._tell = tell

    def take(self, tickets: str, lowest: int) -> int:
        """The next number of a desk, `lowest` or more where none is reserved; it is given to nobody else from now on.

        Raises CannotWrite.
        """
        numbers = self.read()
        number, after = numbers.of(tickets).taken(lowest)
        self.write(numbers.put(tickets, after))
        return number

    def note(self, tickets: str, highest: int) -> None:
        """Remember that numbers up to `highest` are given; raises CannotWrite."""
        numbers = self.read()
        series = numbers.of(tickets)
        if series.highest < highest:
            self.write(numbers.put(tickets, replace(series, highest=highest)))

    def read(self) -> Numbers:
        """What is kept, or nothing yet. A damaged file is told and begun anew: reserved numbers stay unused then."""
        try:
            data = (self._folder / NAME).read_bytes()
        except FileNotFoundError:
            return Numbers()
        except OSError as error:
            return self._anew(reason_of(error))
        try:
            folder, numbers = _read(json.loads(data))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return self._anew(_("it is damaged"))
        return numbers if folder == self._place() else numbers.copied()

    def write(self, numbers: Numbers) -> None:
        """Keep it, whole or not at all; raises CannotWrite."""
        text = json.dumps(_written(numbers, self._place()), ensure_ascii=False, indent=1)
        replace_file(self._folder / NAME, f"{text}\n".encode(errors="surrogateescape"))

    def _place(self) -> int:
        """What tells the git directory from a copy of it, and stays when it is moved."""
        return self._folder.stat().st_ino

    def _anew(self, why: str) -> Numbers:
        words = _(
            "{path} cannot be read ({why}): numbers go on from the tickets that are here; `tkt sync` reserves more."
        )
        self._tell(words.format(path=self._folder / NAME, why=why))
        return Numbers()


def take(repository: Repository, tickets: Path, lowest: int, tell: Callable[[str], object]) -> int:
    """The number of a new ticket among `tickets`, given once in all work trees of a clone; raises CannotWrite."""
    return NumberFile(repository.common_dir, tell).take(repository.names([tickets])[0], lowest)


def note(repository: Repository, tickets: Path, highest: int, tell: Callable[[str], object]) -> None:
    """Keep that numbers up to `highest` are given among `tickets`; raises CannotWrite."""
    NumberFile(repository.common_dir, tell).note(repository.names([tickets])[0], highest)


def _read(document: Any) -> tuple[int, Numbers]:
    series = {str(name): _series(one) for name, one in document["series"].items()}
    earlier = tuple(str(one) for one in document["earlier"])
    return int(document["folder"]), Numbers(str(document["clone"]), earlier, series)


def _series(document: Any) -> Series:
    blocks = tuple(Block(int(one["first"]), int(one["last"]), int(one["next"])) for one in document["blocks"])
    return Series(int(document["highest"]), int(document["reserved_up_to"]), blocks)


def _written(numbers: Numbers, place: int) -> dict[str, object]:
    series = {
        name: {
            "highest": one.highest,
            "reserved_up_to": one.reserved_up_to,
            "blocks": [block._asdict() for block in one.blocks],
        }
        for name, one in numbers.series.items()
    }
    return {
        "about": _ABOUT,
        "clone": numbers.clone,
        "earlier": list(numbers.earlier),
        "folder": place,
        "series": series,
    }
