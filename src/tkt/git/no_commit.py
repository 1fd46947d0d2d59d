"""Writes in a repository whose commit is left to the person: `--no-commit` and `commit: false`."""

from __future__ import annotations

from pathlib import Path

from tkt.desk.lock_note import note_in
from tkt.desk.recording import NoRecorder
from tkt.desk.turns import LOCK_PATIENCE, NOBODY, Caller
from tkt.git import last_ticket
from tkt.git.patience import INDEX_PATIENCE, PatientGit
from tkt.git.repository import Repository
from tkt.git.witness import GitWitness, intent_place
from tkt.store.intent import IntentPlace


class NoCommit(NoRecorder):
    """Records nothing, takes turns with what does, and remembers the last ticket as that does."""

    def __init__(self, repository: Repository, *, patience: float = LOCK_PATIENCE, caller: Caller = NOBODY) -> None:
        folder = repository.common_dir
        super().__init__(folder, repository.identity, patience=patience, caller=caller, note=note_in(folder))
        self._repository = repository

    def take_number(self, tickets: Path, lowest: int) -> int:
        """The number of a new ticket, given once in all work trees of this clone; raises CannotWrite."""
        from tkt.git.sync import numbers

        return numbers.take(self._repository, tickets, lowest, self._caller.tell)

    def note_number(self, tickets: Path, highest: int) -> None:
        """Keep that numbers up to `highest` are given; raises CannotWrite."""
        from tkt.git.sync import numbers

        numbers.note(self._repository, tickets, highest, self._caller.tell)

    def intent_place(self) -> IntentPlace:
        """In the git directory, where no file of the desk lies."""
        return intent_place(self._repository, self._caller.command)

    def _recovery_witness(self) -> GitWitness:
        git = PatientGit(self._repository.git, min(self._patience, INDEX_PATIENCE), self._caller.tell)
        return GitWitness(self._repository, git)

    def remember(self, ticket_id: str) -> None:
        """Keep which ticket was touched last in this work tree."""
        last_ticket.remember(self._repository.git_dir, ticket_id)

    def recall(self) -> str | None:
        """The ticket touched last in this work tree, or None."""
        return last_ticket.recall(self._repository.git_dir)
