"""A day in one commit, and the story's people at the keyboard."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from tkt.demo.course import CET
from tkt.demo.daybook import Daybook, Keyboard
from tkt.desk.recording import CommitMessage, NoRecorder
from tkt.domain.person import Person

EVENING = datetime(2026, 1, 15, 18, tzinfo=CET)


class Kept(NoRecorder):
    """Remembers what it was told to record, and that it was locked then."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, lambda: Person("Zoé"))
        self.recorded: list[tuple[list[Path], CommitMessage, datetime | None]] = []
        self.locked = 0

    def lock(self) -> AbstractContextManager[None]:
        self.locked += 1
        return super().lock()

    def record(
        self, paths: object, message: CommitMessage, *, when: datetime | None = None, guard: int | None = None
    ) -> None:
        self.recorded.append((list(paths), message, when))  # type: ignore[call-overload]


def test_a_days_writes_are_recorded_once_with_a_line_for_each(tmp_path: Path) -> None:
    recorder = Kept(tmp_path)
    book = Daybook(recorder)
    one, other = tmp_path / "one", tmp_path / "other"
    book.record([one], CommitMessage("INC1: new", (("Ticket", "INC1"), ("Entry-By", "Jean"))))
    book.record([other], CommitMessage("INC2: new", (("Ticket", "INC2"),)))
    book.record([one], CommitMessage("INC1: new → in_progress", (("Ticket", "INC1"),)))
    assert recorder.recorded == []
    book.end_day(EVENING)
    ((paths, message, when),) = recorder.recorded
    assert (paths, when, recorder.locked) == ([one, other], EVENING, 1)
    assert message.body.splitlines() == ["INC1: new", "INC2: new", "INC1: new → in_progress"]
    assert message.trailers == (("Ticket", "INC1"), ("Entry-By", "Jean"), ("Ticket", "INC2"), ("Clock", "frozen"))


def test_a_day_without_a_write_has_no_commit(tmp_path: Path) -> None:
    recorder = Kept(tmp_path)
    book = Daybook(recorder)
    book.record([tmp_path / "one"], CommitMessage("INC1: new"))
    book.end_day(EVENING)
    book.end_day(EVENING)
    assert len(recorder.recorded) == 1


def test_at_the_keyboard_sits_whom_the_story_says(tmp_path: Path) -> None:
    recorder = Kept(tmp_path)
    keyboard = Keyboard(recorder, Person("Pierre MARTIN", "pierre.martin@entreprise.fr"))
    keyboard.record([tmp_path / "one"], CommitMessage("INC1: log"))
    assert keyboard.identity().name == "Pierre MARTIN"
    assert [message.subject for _paths, message, _when in recorder.recorded] == ["INC1: log"]
