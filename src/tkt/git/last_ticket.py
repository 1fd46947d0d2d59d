"""The ticket touched last in a work tree, kept inside the git directory and never committed."""

from __future__ import annotations

from pathlib import Path

_NAME = "tkt-last-ticket"


def remember(git_dir: Path, ticket_id: str) -> None:
    """Keep the id; a git directory that cannot be written to forgets it, which harms nobody."""
    try:
        (git_dir / _NAME).write_text(f"{ticket_id}\n", encoding="utf-8")
    except OSError:
        return


def recall(git_dir: Path) -> str | None:
    """The id kept last, or None."""
    try:
        return (git_dir / _NAME).read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None
