"""A repository, used with real git as a person at a keyboard uses one."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tkt.desk.recording import CommitMessage
from tkt.git.recorder import GitRecorder
from tkt.git.repository import Repository

MESSAGE = CommitMessage(
    "INC0012345: new → in_progress", (("Ticket", "INC0012345"), ("Transition", "new → in_progress"))
)


class Work:
    """One work tree, by its top folder."""

    def __init__(self, top: Path) -> None:
        self.top = top

    def git(self, *arguments: str, check: bool = True) -> str:
        """What git says."""
        done = subprocess.run(["git", *arguments], cwd=self.top, capture_output=True, check=False)
        said = (done.stdout + done.stderr).decode(errors="surrogateescape")
        assert not check or done.returncode == 0, said
        return said

    def write(self, name: str, text: str) -> Path:
        """A file with `text` in it."""
        path = self.top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def committed(self, name: str, text: str = "first\n") -> Path:
        """A file that is in git."""
        path = self.write(name, text)
        self.git("--literal-pathspecs", "add", "--", name)
        self.git("commit", "-qm", f"add {name}")
        return path

    def status(self) -> list[str]:
        """Each departure from the last commit, as `git status` has it."""
        return self.git("status", "--porcelain", "--untracked-files=all").splitlines()

    def index(self) -> str:
        """All that is staged, to the byte."""
        return self.git("ls-files", "--stage")

    def hook(self, name: str, script: str) -> None:
        """A hook of the person's."""
        path = Path(self.git("rev-parse", "--path-format=absolute", "--git-path", f"hooks/{name}").strip())
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def recorder(self, *, index_patience: float = 10.0, lock_patience: float = 30.0) -> GitRecorder:
        """The recorder under test."""
        return GitRecorder(Repository.of(self.top), index_patience=index_patience, lock_patience=lock_patience)

    def files_of(self, commit: str = "HEAD") -> list[str]:
        """The files that a commit touched."""
        listed = self.git("show", "--format=", "--name-only", "-z", "--no-renames", commit)
        return sorted(filter(None, listed.split("\0")))


def record_in_turn(top: Path, name: str, turns: int) -> None:
    """What one of two busy technicians does: each turn a line in the shared file and a file of its own, one commit."""
    recorder = GitRecorder(Repository.of(top))
    shared = top / "shared.md"
    for turn in range(turns):
        with recorder.lock():
            own = top / f"{name}{turn}.md"
            recorder.prepare([shared, own])
            own.touch()
            shared.write_text(f"{shared.read_text()}{name} {turn}\n")
            recorder.record([shared, own], CommitMessage(f"{name} {turn}"))
