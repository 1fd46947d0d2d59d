"""The person's pager: the one that git shows its own logs in."""

from __future__ import annotations

import os
from pathlib import Path

from tkt.errors import TktError
from tkt.git.command import Git


def pager_of(folder: Path) -> str:
    """The command that git pages by in a folder: GIT_PAGER, `core.pager`, PAGER, or its own choice (git-var(1)).

    Where git cannot be asked, PAGER or less. "" and `cat` are none.
    """
    try:
        answer = Git(folder).ask("var", "GIT_PAGER")
    except TktError:
        answer = None
    if answer is None or answer.status:
        return os.environ.get("PAGER", "less").strip()
    return answer.text.strip()
