"""How the desk's writes are recorded: what a recorder must do, and the one that records nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tkt.desk.turns import LOCK_PATIENCE, NOBODY, Caller, held
from tkt.domain.person import Person
from tkt.errors import OutsideFailed
from tkt.store.desk_folder import remove_unfinished
from tkt.store.intent import HIDDEN, IntentPlace

if TYPE_CHECKING:
    from tkt.desk.undoing import Witness


class CommitMessage(NamedTuple):
    """What a commit says of the move it records; `trailers` are (key, value) pairs such as ("Ticket", "INC0012345")."""

    subject: str
    trailers: tuple[tuple[str, str], ...] = ()
    body: str = ""


class Recorder(Protocol):
    """Keeps a trace of each write: who, which files, in what words."""

    def identity(self) -> Person:
        """Who is at the keyboard."""

    def lock(self) -> AbstractContextManager[None]:
        """One writer at a time while it is held; raises DeskBusy after a bounded wait. Not re-entrant."""

    def prepare(self, paths: Sequence[Path]) -> None:
        """Refuse, before anything is touched, a write of `paths` that could not be recorded."""

    def record(
        self, paths: Sequence[Path], message: CommitMessage, *, when: datetime | None = None, guard: int | None = None
    ) -> None:
        """Record `paths` as they now lie on disk, dated `when` (now where None).

        Raises a refusal when it could not, leaving no trace of the attempt; `paths` themselves are the caller's to
        put back. What is started inherits the descriptor `guard`, and keeps it open for as long as it runs.
        """

    def intent_place(self) -> IntentPlace | None:
        """Where it is put down what is about to be written; None where a write cut short may stay so."""

    def witness(self) -> Witness | None:
        """Who knows whether a write was recorded; None where none is."""

    def take_number(self, tickets: Path, lowest: int) -> int:
        """The number of a new ticket among `tickets`, never given twice: `lowest` or more, unless one is reserved.

        The lock is held.
        """

    def note_number(self, tickets: Path, highest: int) -> None:
        """Keep that numbers up to `highest` are given, for work trees that do not see them. The lock is held."""

    def is_off_branch(self) -> bool:
        """Whether what is recorded now belongs to no branch, and is easily lost."""

    def remember(self, ticket_id: str) -> None:
        """Keep which ticket was touched last, for `@`."""

    def recall(self) -> str | None:
        """The ticket touched last here, or None."""


class NoRecorder:
    """Writes without a trace, for `--no-commit` and `commit: false`.

    `folder` is what its commands lock: the same one that the desk's other recorder locks, so that commands with and
    without a commit take turns; `note` is where they leave word of who they are, as in `held`. `identity` asks git
    who is there, where there is a git to ask.
    """

    def __init__(
        self,
        folder: Path,
        identity: Callable[[], Person] | None = None,
        *,
        patience: float = LOCK_PATIENCE,
        caller: Caller = NOBODY,
        note: Path | None = None,
    ) -> None:
        self._folder = folder
        self._identity = identity
        self._patience = patience
        self._caller = caller
        self._note = note
        self._person: Person | None = None

    def identity(self) -> Person:
        """Who git says is there, else the name of the login."""
        if self._person is None:
            self._person = self._who_is_there()
        return self._person

    def _who_is_there(self) -> Person:
        if self._identity is None:
            return login()
        try:
            return self._identity()
        except OutsideFailed:
            return login()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One writer at a time on the folder; what a dead one left is made whole."""
        who = self.identity().name
        with held(self._folder, patience=self._patience, caller=self._caller, who=who, note=self._note):
            remove_unfinished(self._folder)
            make_whole(self.intent_place(), self._recovery_witness(), self._patience, self._caller)
            yield

    def _recovery_witness(self) -> Witness | None:
        """Who knows what another command, which may have recorded its write, left."""
        return None

    def prepare(self, paths: Sequence[Path]) -> None:
        """Nothing stands in the way of a write that is not recorded."""

    def record(
        self, paths: Sequence[Path], message: CommitMessage, *, when: datetime | None = None, guard: int | None = None
    ) -> None:
        """Nothing is recorded."""

    def intent_place(self) -> IntentPlace:
        """Hidden in the folder itself."""
        return IntentPlace(self._folder / HIDDEN, self._folder, self._caller.command)

    def witness(self) -> Witness | None:
        """The files themselves tell."""
        return None

    def take_number(self, tickets: Path, lowest: int) -> int:
        """A folder is a world of its own: what lies there tells which numbers are given."""
        return lowest

    def note_number(self, tickets: Path, highest: int) -> None:
        """The folder shows it."""

    def is_off_branch(self) -> bool:
        """Nothing is recorded that could be lost."""
        return False

    def remember(self, ticket_id: str) -> None:
        """Outside git there is no place to keep it that is not the desk's own."""

    def recall(self) -> str | None:
        """Nothing was kept."""
        return None


def make_whole(place: IntentPlace, witness: Witness | None, patience: float, caller: Caller) -> None:
    """Finish or undo what a command that died left at `place`, if one did (`recover`); the desk's lock is held."""
    if place.is_taken:
        from tkt.desk.recovery import recover

        recover(place, witness, patience=patience, caller=caller)


def login() -> Person:
    """The person whose login runs this process: the full name of the account, else its name."""
    import pwd

    try:
        account = pwd.getpwuid(os.getuid())
    except KeyError:  # a container may run under a number that no account has
        return Person(os.environ.get("USER") or str(os.getuid()))
    return Person(account.pw_gecos.split(",")[0].strip() or account.pw_name)
