"""Writes in a repository whose commit is left to the person: `--no-commit` and `commit: false`."""

from __future__ import annotations

from tkt.desk.recording import NoRecorder
from tkt.git import last_ticket
from tkt.git.repository import Repository


class NoCommit(NoRecorder):
    """Records nothing, takes turns with what does, and remembers the last ticket as that does."""

    def __init__(self, repository: Repository) -> None:
        super().__init__(repository.common_dir, repository.identity)
        self._repository = repository

    def remember(self, ticket_id: str) -> None:
        """Keep which ticket was touched last in this work tree."""
        last_ticket.remember(self._repository.git_dir, ticket_id)

    def recall(self) -> str | None:
        """The ticket touched last in this work tree, or None."""
        return last_ticket.recall(self._repository.git_dir)
