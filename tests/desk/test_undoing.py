"""All or nothing: what a failure leaves is put back, what a person did since is not touched."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkt.desk.undoing import all_or_nothing, settle
from tkt.store.desk_folder import remove_file, replace_file
from tkt.store.intent import FileIntent, Intent, IntentPlace, digest


class Ledger:
    """A witness with a book of its own: bytes by name."""

    def __init__(self, folder: Path, book: dict[str, bytes]) -> None:
        self.folder = folder
        self.book = book
        self.noted: set[str] = set()

    def recorded(self, names: Collection[str]) -> set[str]:
        def on_disk(name: str) -> bytes | None:
            return (self.folder / name).read_bytes() if (self.folder / name).exists() else None

        return {name for name in names if self.book.get(name) == on_disk(name)}

    def holds(self, name: str, digest_: str) -> bool:
        return digest(self.book.get(name)) == digest_

    def put_right(self, names: Collection[str]) -> None:
        self.noted = set(names)


@pytest.fixture
def place(tmp_path: Path) -> IntentPlace:
    return IntentPlace(tmp_path / ".tkt-write", tmp_path)


def intended(commit: bool = False, **files: tuple[bytes | None, bytes | None]) -> Intent:
    named = tuple(FileIntent(name, before, digest(after)) for name, (before, after) in files.items())
    return Intent(named, (), commit, os.getpid(), "tkt log", "today")


def written(place: IntentPlace, *files: tuple[Path, bytes | None], then: Callable[[], None] = lambda: None) -> None:
    with all_or_nothing(place, None, place.folder, files):
        assert place.is_taken
        for path, data in files:
            remove_file(path) if data is None else replace_file(path, data)
        then()


def test_what_is_written_stands_and_no_record_of_it(place: IntentPlace) -> None:
    (place.folder / "gone").write_bytes(b"x")
    written(place, (place.folder / "a" / "new", b"new"), (place.folder / "gone", None))
    assert (place.folder / "a" / "new").read_bytes() == b"new"
    assert sorted(one.name for one in place.folder.iterdir()) == ["a"]


def test_a_failure_on_the_way_puts_everything_back(place: IntentPlace) -> None:
    (place.folder / "old").write_bytes(b"old")
    (place.folder / "gone").write_bytes(b"gone")
    (place.folder / "taken").mkdir()
    files = [(place.folder / "old", b"x"), (place.folder / "gone", None), (place.folder / "a/b/new", b"x")]
    with pytest.raises(Exception, match="taken"):
        written(place, *files, (place.folder / "taken", b"a folder is there"))
    assert (place.folder / "old").read_bytes() == b"old"
    assert (place.folder / "gone").read_bytes() == b"gone"
    assert sorted(one.name for one in place.folder.iterdir()) == ["gone", "old", "taken"]


def test_a_failure_after_all_has_happened_is_none(place: IntentPlace) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    written(place, (place.folder / "new", b"new"), then=interrupted)
    assert (place.folder / "new").read_bytes() == b"new"
    assert not place.is_taken


def test_what_cannot_be_put_back_now_keeps_its_record(place: IntentPlace, monkeypatch: pytest.MonkeyPatch) -> None:
    (place.folder / "old").write_bytes(b"old")
    (place.folder / "taken").mkdir()

    def full(*_arguments: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("tkt.desk.undoing.replace_file", full)
    with pytest.raises(Exception, match="taken"):
        written(place, (place.folder / "old", b"new"), (place.folder / "taken", b"x"))
    assert (place.folder / "old").read_bytes() == b"new"
    assert place.is_taken


def test_what_happened_is_told_by_the_book_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"new")
    intent = intended(True, a=(b"old", b"new"), b=(None, b"new"))
    ledger = Ledger(tmp_path, {"a": b"new", "b": b"new"})
    # A person has taken b away since: it happened all the same.
    assert settle(tmp_path, intent, ledger).happened
    assert (tmp_path / "a").read_bytes() == b"new"
    assert ledger.noted == {"a", "b"}


def test_what_was_not_recorded_is_undone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"new")
    (tmp_path / "b").write_bytes(b"new")
    ledger = Ledger(tmp_path, {"a": b"old"})
    assert settle(tmp_path, intended(True, a=(b"old", b"new"), b=(None, b"new")), ledger) == (False, ())
    assert (tmp_path / "a").read_bytes() == b"old"
    assert not (tmp_path / "b").exists()
    assert ledger.noted == {"a", "b"}


def test_what_a_person_recorded_half_of_stays_recorded(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"new")
    intent = intended(True, a=(b"old", b"new"), b=(b"old", b"new"))
    assert settle(tmp_path, intent, Ledger(tmp_path, {"a": b"new", "b": b"old"})) == (False, ("a", "b"))
    assert (tmp_path / "a").read_bytes() == b"new"


def test_work_done_since_is_left_alone_and_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"by hand")
    (tmp_path / "b").write_bytes(b"new")
    assert settle(tmp_path, intended(a=(b"old", b"new"), b=(None, b"new")), None) == (False, ("a",))
    assert (tmp_path / "a").read_bytes() == b"by hand"
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_what_is_no_file_is_a_persons_work(tmp_path: Path, kind: str) -> None:
    if kind == "folder":
        (tmp_path / "a").mkdir()
    elif kind == "link":
        (tmp_path / "target").write_bytes(b"new")
        (tmp_path / "a").symlink_to("target")
    else:
        os.mkfifo(tmp_path / "a")
    assert settle(tmp_path, intended(a=(b"", b"new"), b=(None, b"x")), None) == (False, ("a",))


def test_half_written_files_and_empty_folders_go(tmp_path: Path) -> None:
    folder = tmp_path / "made" / "deep"
    folder.mkdir(parents=True)
    gone = 2**22 + 1  # no process has so high a number
    (folder / f".tkt-{gone}-0123456789ab.tmp").write_bytes(b"half")
    file = FileIntent("made/deep/a", None, digest(b"new"))
    intent = intended()._replace(files=(file,), made=("made", "made/deep"))
    settle(tmp_path, intent, None)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_somebody_has_used_since_stays(tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "theirs").write_bytes(b"")
    intent = intended()._replace(files=(FileIntent("made/a", None, digest(b"new")),), made=("made",))
    settle(tmp_path, intent, None)
    assert (tmp_path / "made" / "theirs").exists()


states = st.sampled_from([None, b"", b"one", b"two", b"three"])


@given(
    st.lists(st.tuples(states, states, st.booleans(), states | st.just(b"by hand")), min_size=1, max_size=4),
    st.booleans(),
    st.booleans(),
)
def test_wherever_it_was_cut_short_the_files_agree_and_settling_twice_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[tuple[bytes | None, bytes | None, bool, bytes | None]],
    commit: bool,
    recorded: bool,
) -> None:
    """Each file: before, after, whether it was written when the command died, or what a person put there since."""
    folder = tmp_path_factory.mktemp("desk")
    intent = intended(commit, **{f"f{n}": (before, after) for n, (before, after, _w, _p) in enumerate(files)})
    recorded = recorded and commit
    for n, (before, after, done, _person) in enumerate(files):
        stands = after if done or recorded else before
        if stands is not None:
            (folder / f"f{n}").write_bytes(stands)
    book = {f"f{n}": (one[1] if recorded else one[0]) for n, one in enumerate(files)}
    ledger = Ledger(folder, {name: data for name, data in book.items() if data is not None})

    outcome = settle(folder, intent, ledger)

    now = [(folder / f"f{n}").read_bytes() if (folder / f"f{n}").exists() else None for n in range(len(files))]
    assert now == [one[1] if outcome.happened else one[0] for one in files]
    assert not recorded or outcome.happened
    assert settle(folder, intent, ledger).left == ()
    assert now == [(folder / f"f{n}").read_bytes() if (folder / f"f{n}").exists() else None for n in range(len(files))]
