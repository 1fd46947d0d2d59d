"""Recovery waits for whoever may still act on what a dead command began, names it, and then tells what it did."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest

from tkt.desk import recovery
from tkt.desk.recovery import StillAtWork, recover
from tkt.desk.turns import Caller
from tkt.errors import SomeoneWasFaster
from tkt.store.intent import FileIntent, Intent, IntentPlace, digest, put_down

PLACE = "tickets/INC0012xxx/INC0012345.md"


@pytest.fixture
def place(tmp_path: Path) -> IntentPlace:
    return IntentPlace(tmp_path / "tkt-write", tmp_path)


@pytest.fixture
def told() -> list[str]:
    return []


def begun(place: IntentPlace, *names: str) -> int:
    """A command that has written files where there were none; whoever holds the descriptor may still go on."""
    files = tuple(FileIntent(name, None, digest(b"after")) for name in names)
    for name in names:
        (place.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (place.folder / name).write_bytes(b"after")
    return put_down(
        place, Intent((*files, FileIntent("never", None, digest(b"x"))), (), False, 4711, "tkt log", "today")
    )


def healed(place: IntentPlace, told: list[str], patience: float = 10) -> None:
    recover(place, None, patience=patience, caller=Caller("tkt list", told.append))


def test_what_was_done_is_told_in_one_line(place: IntentPlace, told: list[str]) -> None:
    os.close(begun(place, PLACE))
    healed(place, told)
    assert told == ["INC0012345: `tkt log` (process 4711, today) was cut short, and is undone."]
    assert not (place.folder / PLACE).exists()
    assert not place.is_taken


def test_an_attachment_tells_its_ticket_and_many_tickets_are_counted(place: IntentPlace, told: list[str]) -> None:
    os.close(begun(place, "tickets/INC0000xxx/INC0000009/a.md", *(PLACE.replace("345.", f"34{n}.") for n in range(6))))
    healed(place, told)
    assert told[0].startswith("INC0000009, INC0012340, INC0012341, INC0012342, INC0012343 (+2): ")


def test_a_record_that_was_never_finished_tells_of_nothing(place: IntentPlace, told: list[str]) -> None:
    place.draft.write_bytes(b"half")
    healed(place, told)
    assert told == []
    assert not place.is_taken


def test_who_is_still_at_work_is_named_and_nothing_touched(place: IntentPlace, told: list[str]) -> None:
    guard = begun(place, PLACE)
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, pass_fds=(guard,)) as heir:
        os.close(guard)
        with pytest.raises(StillAtWork) as refusal:
            healed(place, told, patience=0.02)
        assert heir.stdin is not None
        heir.stdin.close()
    assert isinstance(refusal.value, SomeoneWasFaster)
    assert "which `tkt log` (process 4711) started before it was killed" in str(refusal.value)
    if Path("/proc/self/fd").exists():
        assert f"cat (process {heir.pid})" in str(refusal.value) and f"kill {heir.pid}" in str(refusal.value)
    assert (place.folder / PLACE).read_bytes() == b"after" and place.is_taken
    healed(place, told)
    assert not place.is_taken


def test_a_wait_is_told_and_ends_with_whom_it_was_for(
    place: IntentPlace, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recovery, "TELL_AFTER", 0.0)
    monkeypatch.setattr(recovery, "_PROCESSES", Path("/nowhere"))
    guard = begun(place, PLACE)
    release = threading.Timer(0.05, os.close, (guard,))
    release.start()
    healed(place, told)
    release.join()
    assert told[0] == "waiting for a git, which `tkt log` (process 4711) started before it was killed"
    assert "is undone" in told[1]
    assert len(told) == 2
