"""What must be in a commit before others' work can come in: every ticket of the desk, as it lies on disk."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from tkt.errors import RuleRefuses
from tkt.git.changes import departing
from tkt.git.repository import Repository
from tkt.language import _, ngettext


class UncommittedTickets(RuleRefuses):
    """Tickets with changes that no commit has: what comes in could not be kept apart from them."""


def require_committed(repository: Repository, tickets: Path) -> None:
    """Raises UncommittedTickets, with the way out, where something among the tickets is not as in the last commit."""
    name = repository.names([tickets])[0]
    found = departing(repository, name)
    if not found:
        return
    shown = os.path.relpath(repository.top / found[0])
    folder = shlex.quote(os.path.relpath(repository.top / name))
    words = _(
        "{path} has changes that are not committed: commit them first (git add -- {folder}; git commit -- {folder})"
    )
    refusal = words.format(path=shown, folder=folder)
    more = len(found) - 1
    if more:
        others = ngettext("; {count} more file is in the same case", "; {count} more files are in the same case", more)
        refusal += others.format(count=more)
    raise UncommittedTickets(refusal)
