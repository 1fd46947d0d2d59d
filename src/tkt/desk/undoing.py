"""What became of a write: it happened, or everything is put back as before; what a person changed since stays."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple, Protocol

from tkt.errors import TktError
from tkt.store.desk_folder import remove_file, remove_unfinished, replace_file, require_inside
from tkt.store.intent import FileIntent, Intent, IntentPlace, digest, put_down, take_away


class Witness(Protocol):
    """Knows what was recorded for good, and keeps a note of what is about to be (git: the last commit, the index)."""

    def recorded(self, names: Collection[str]) -> set[str]:
        """Those of `names` that are recorded just as they lie on disk, or lack in both."""

    def holds(self, name: str, digest: str) -> bool:
        """Whether what is recorded under `name` has that SHA-256; "": whether nothing is."""

    def put_right(self, names: Collection[str]) -> None:
        """Have the note on `names` say what is recorded, and nothing else; raises a refusal where that cannot be."""


# A file and what is to stand there: None for nothing at all.
FileWrite = tuple[Path, bytes | None]


class Outcome(NamedTuple):
    """Whether the write happened; and the files that are as neither side left them, and were not touched."""

    happened: bool
    left: tuple[str, ...]


class _Standing(NamedTuple):
    file: FileIntent
    is_before: bool
    is_after: bool


@contextmanager
def all_or_nothing(
    place: IntentPlace | None, witness: Witness | None, root: Path, files: Sequence[FileWrite]
) -> Iterator[int | None]:
    """Write `files` meanwhile: whatever fails, or ends this process, either all of it happens or nothing.

    Yields the descriptor that whoever is to act on the files after our death must inherit (`put_down`); None where no
    record is kept. A failure that comes after all has happened is none, and goes no further.
    """
    folder, command = (place.folder, place.command) if place else (root, "")
    intent = _intent(folder, files, witness is not None, command)
    guard = put_down(place, intent) if place else None
    try:
        try:
            yield guard
        except BaseException:
            if not _settled(place, folder, intent, witness):
                raise
        if place:
            take_away(place)
    finally:
        if guard is not None:
            os.close(guard)


def _settled(place: IntentPlace | None, folder: Path, intent: Intent, witness: Witness | None) -> bool:
    """Whether it happened after all. What cannot be put back now is left, with its record, to the next command."""
    try:
        happened = settle(folder, intent, witness).happened
    except (TktError, OSError):
        return False
    if place and not happened:
        take_away(place)
    return happened


def _intent(folder: Path, files: Sequence[FileWrite], commit: bool, command: str) -> Intent:
    import time

    names = _names(folder, [path for path, _data in files])
    intents = (
        FileIntent(name, path.read_bytes() if path.is_file() else None, digest(data))
        for name, (path, data) in zip(names, files, strict=True)
    )
    absent = {one for parent in dict.fromkeys(path.parent for path, _data in files) for one in _absent(parent)}
    made = tuple(sorted(_names(folder, absent)))
    return Intent(tuple(intents), made, commit, os.getpid(), command, time.strftime("%Y-%m-%dT%H:%M:%S%z"))


def _names(folder: Path, paths: Iterable[Path]) -> list[str]:
    """`paths` from `folder`, through no symbolic link."""
    base = os.path.realpath(folder)
    real: dict[str, str] = {}
    found = []
    for path in paths:
        parent, name = os.path.split(path)
        if parent not in real:
            real[parent] = os.path.relpath(os.path.realpath(parent), base)
        found.append(os.path.normpath(os.path.join(real[parent], name)))
    return found


def _absent(folder: Path) -> Iterator[Path]:
    """The folder and those above it, up to the first that is there."""
    return takewhile(lambda one: not one.exists(), (folder, *folder.parents))


def settle(folder: Path, intent: Intent, witness: Witness | None) -> Outcome:
    """Finish what `intent` left: where it happened, only the traces go; else every file is as before.

    A file that is neither as before nor as the command was to leave it is a person's work since, and stays; so does
    one that was recorded meanwhile. May be done twice. Raises a refusal where something cannot be put back.
    """
    standing = [_standing(folder, file) for file in intent.files]
    written = [one.file.name for one in standing if one.is_after and not one.is_before]
    recorded = witness.recorded(written) if witness and intent.commit else set()
    happened = _happened(standing, len(recorded) == len(written), intent, witness)
    ours = {one.file.name: one.file for one in standing if one.is_before or one.is_after}
    if not happened:
        for name in written:
            if name not in recorded:
                _put_back(folder, ours[name])
    if witness and intent.commit:
        witness.put_right(ours.keys())
    _tidy(folder, intent, empty=not happened)
    left = {one.file.name for one in standing} - ours.keys() | recorded
    return Outcome(happened, () if happened else tuple(sorted(left)))


def _standing(folder: Path, file: FileIntent) -> _Standing:
    path = folder / file.name
    require_inside(folder, path)
    data = None
    with suppress(FileNotFoundError, NotADirectoryError):
        if not stat.S_ISREG(path.lstat().st_mode):
            return _Standing(file, False, False)
        data = path.read_bytes()
    return _Standing(file, data == file.before, digest(data) == file.after)


def _happened(standing: Sequence[_Standing], all_recorded: bool, intent: Intent, witness: Witness | None) -> bool:
    if not intent.commit:
        return all(one.is_after for one in standing)
    others = (one.file for one in standing if one.is_before or not one.is_after)
    return witness is not None and all_recorded and all(witness.holds(one.name, one.after) for one in others)


def _put_back(folder: Path, file: FileIntent) -> None:
    path = folder / file.name
    remove_file(path) if file.before is None else replace_file(path, file.before)


def _tidy(folder: Path, intent: Intent, *, empty: bool) -> None:
    """Take away half-written files, and (`empty`) the folders that were made for nothing."""
    for place in {(folder / file.name).parent for file in intent.files}:
        remove_unfinished(place)
    for name in sorted(intent.made, reverse=True) if empty else ():
        with suppress(OSError):  # somebody else may have put something there meanwhile, or it was never made
            (folder / name).rmdir()
