"""Two recorders in front of the desk's own: whose hands are on the keyboard, and one commit for a whole day."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from tkt.desk.recording import CommitMessage, Recorder
from tkt.desk.undoing import Witness
from tkt.domain.person import Person
from tkt.store.intent import IntentPlace


class _InFront:
    """A recorder that leaves everything to the one behind it."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def identity(self) -> Person:
        """As the recorder behind it."""
        return self._recorder.identity()

    def lock(self) -> AbstractContextManager[None]:
        """As the recorder behind it."""
        return self._recorder.lock()

    def prepare(self, paths: Sequence[Path]) -> None:
        """As the recorder behind it."""
        self._recorder.prepare(paths)

    def record(
        self, paths: Sequence[Path], message: CommitMessage, *, when: datetime | None = None, guard: int | None = None
    ) -> None:
        """As the recorder behind it."""
        self._recorder.record(paths, message, when=when, guard=guard)

    def intent_place(self) -> IntentPlace | None:
        """As the recorder behind it."""
        return self._recorder.intent_place()

    def witness(self) -> Witness | None:
        """As the recorder behind it."""
        return self._recorder.witness()

    def take_number(self, tickets: Path, lowest: int) -> int:
        """As the recorder behind it."""
        return self._recorder.take_number(tickets, lowest)

    def note_number(self, tickets: Path, highest: int) -> None:
        """As the recorder behind it."""
        self._recorder.note_number(tickets, highest)

    def is_off_branch(self) -> bool:
        """As the recorder behind it."""
        return self._recorder.is_off_branch()

    def remember(self, ticket_id: str) -> None:
        """As the recorder behind it."""
        self._recorder.remember(ticket_id)

    def recall(self) -> str | None:
        """As the recorder behind it."""
        return self._recorder.recall()


class Keyboard(_InFront):
    """A recorder at whose keyboard sits whom the story says."""

    def __init__(self, recorder: Recorder, person: Person) -> None:
        super().__init__(recorder)
        self._person = person

    def identity(self) -> Person:
        """Who the story says is there."""
        return self._person


class Daybook(_InFront):
    """Keeps the day's writes and records them in one commit: a commit for each would take ten times as long."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__(recorder)
        self._paths: dict[Path, None] = {}
        self._messages: list[CommitMessage] = []

    def prepare(self, paths: Sequence[Path]) -> None:
        """A file that was written earlier in the day is not committed yet, and need not be."""

    def intent_place(self) -> IntentPlace | None:
        """A story that breaks off is told anew, in another folder."""
        return None

    def witness(self) -> Witness | None:
        """Nothing is recorded before the evening."""
        return None

    def record(
        self, paths: Sequence[Path], message: CommitMessage, *, when: datetime | None = None, guard: int | None = None
    ) -> None:
        """Keep a write for the evening."""
        self._paths |= dict.fromkeys(paths)
        self._messages.append(message)

    def take_number(self, tickets: Path, lowest: int) -> int:
        """A desk that is being built has one work tree, which shows what is given."""
        return lowest

    def remember(self, ticket_id: str) -> None:
        """Nobody asks for the last ticket in the middle of a story."""

    def end_day(self, when: datetime) -> None:
        """Record what was kept, if anything was; each move has its line in the commit's message."""
        if not self._paths:
            return
        with self._recorder.lock():
            self._recorder.record(list(self._paths), self._summary(when), when=when)
        self._paths, self._messages = {}, []

    def _summary(self, when: datetime) -> CommitMessage:
        lines = "\n".join(message.subject for message in self._messages)
        told = (pair for message in self._messages for pair in message.trailers if pair[0] in ("Ticket", "Entry-By"))
        trailers = (*dict.fromkeys(told), ("Clock", "frozen"))
        return CommitMessage(f"tkt demo: the tickets of {when:%Y-%m-%d}", trailers, lines)
