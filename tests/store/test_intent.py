"""The write-ahead record: there whole or not at all, and believed only where it says what tkt would say."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.errors import Unreadable
from tkt.store import intent as module
from tkt.store.desk_folder import CannotWrite
from tkt.store.intent import (
    BrokenIntent,
    FileIntent,
    Intent,
    IntentPlace,
    digest,
    opened,
    put_down,
    read_intent,
    take_away,
)

FILES = (FileIntent("tickets/a.md", b"before\x00\xff", digest(b"after")), FileIntent("b", None, digest(None)))
INTENT = Intent(FILES, ("tickets/new",), True, 4711, "tkt log", "2026-01-15T09:15:00+0100")


@pytest.fixture
def place(tmp_path: Path) -> IntentPlace:
    return IntentPlace(tmp_path / "git" / "tkt-write", tmp_path)


@pytest.fixture
def descriptor(place: IntentPlace) -> Iterator[int]:
    """INTENT, put down."""
    place.file.parent.mkdir()
    held = put_down(place, INTENT)
    yield held
    os.close(held)


def read(place: IntentPlace) -> Intent:
    found = opened(place)
    assert found is not None
    try:
        return read_intent(place, found)
    finally:
        os.close(found)


def test_what_is_put_down_is_read_back(place: IntentPlace, descriptor: int) -> None:
    assert place.is_taken
    assert read(place) == INTENT


names = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0/"), min_size=1).filter(
    lambda name: name not in (".", "..")
)


@given(
    st.lists(st.tuples(names, st.none() | st.binary(max_size=50), st.none() | st.binary(max_size=50)), max_size=3),
    st.lists(names, max_size=3),
    st.booleans(),
)
def test_any_names_and_bytes_survive(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[tuple[str, bytes | None, bytes | None]],
    made: list[str],
    commit: bool,
) -> None:
    folder = tmp_path_factory.getbasetemp()
    place = IntentPlace(folder / "tkt-write", folder)
    wanted = tuple(FileIntent(name, before, digest(after)) for name, before, after in files)
    intent = INTENT._replace(files=wanted, made=tuple(made), commit=commit)
    os.close(put_down(place, intent))
    assert read(place) == intent


def test_it_is_locked_until_the_last_who_holds_it_has_ended(place: IntentPlace, descriptor: int) -> None:
    other = os.open(place.file, os.O_RDONLY)
    heir = os.dup(descriptor)
    with pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(heir)
    with pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(other)


def test_taken_away_nothing_is_left(place: IntentPlace, descriptor: int) -> None:
    place.draft.write_bytes(b"half")
    take_away(place)
    assert not place.is_taken
    assert opened(place) is None
    assert list(place.file.parent.iterdir()) == []


def test_a_half_written_one_is_found_and_no_record(place: IntentPlace) -> None:
    place.draft.parent.mkdir()
    place.draft.write_bytes(b"half")
    assert place.is_taken
    assert opened(place) is None
    os.close(put_down(place, INTENT))
    assert read(place) == INTENT


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_behind(place: IntentPlace, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    place.file.parent.mkdir()

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(f"tkt.store.intent.os.{call}", full)
    with pytest.raises(CannotWrite, match="tkt-write cannot be written"):
        put_down(place, INTENT)
    assert list(place.file.parent.iterdir()) == []


def rendered(**changes: object) -> bytes:
    return module._rendered(INTENT._replace(**changes))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"tkt-write 1",
        b"tkt-write 2\0",
        b"tkt-write 1\0x\0",
        b"\xff" * 20,
        rendered()[:-10],
        rendered(files=(FileIntent("/etc/passwd", None, ""),)),
        rendered(files=(FileIntent("../outside", None, ""),)),
        rendered(files=(FileIntent("tickets/../../outside", None, ""),)),
        rendered(made=("..",)),
    ],
)
def test_what_tkt_would_not_have_written_is_not_believed(place: IntentPlace, data: bytes) -> None:
    place.file.parent.mkdir()
    place.file.write_bytes(data)
    with pytest.raises(BrokenIntent, match=r"tkt-write tells of a write .* then remove it") as refusal:
        read(place)
    assert isinstance(refusal.value, Unreadable)


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_is_not_read(place: IntentPlace, kind: str) -> None:
    place.file.parent.mkdir()
    if kind == "folder":
        place.file.mkdir()
    elif kind == "link":
        place.file.symlink_to("/etc/passwd")
    else:
        os.mkfifo(place.file)
    with pytest.raises(BrokenIntent):
        opened(place)
