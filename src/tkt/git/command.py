"""The one place that starts another program: git, with a list of arguments and never through a shell."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tkt.errors import OutsideFailed, Unreadable
from tkt.language import _, reason_of
from tkt.presentation.safe_text import for_terminal

_COLOUR = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
# What we parse is read in git's own English, and a question leaves the repository's files alone.
_FOR_READING = {"LC_ALL": "C", "LANGUAGE": "C", "GIT_OPTIONAL_LOCKS": "0"}
_GRACE_SECONDS = 5


class GitMissing(OutsideFailed):
    """This machine has no git."""


class FolderClosed(Unreadable):
    """Git cannot be started in a folder: it is missing or closed to us."""


class GitFailed(OutsideFailed):
    """Git, or a hook that it ran, refused: `words` are theirs, `status` is git's exit status."""

    def __init__(self, command: str, answer: Answer) -> None:
        self.words = answer.words
        self.status = answer.status
        silent = _("it said nothing, and ended with status {status}").format(status=answer.status)
        super().__init__(_("git {command} failed: {words}").format(command=command, words=self.words or silent))


class Answer(NamedTuple):
    """What git answered: its exit status, its standard output, and what it had to say beside it."""

    status: int
    out: bytes
    err: bytes = b""

    @property
    def text(self) -> str:
        """The output as text; bytes that are no UTF-8 (a path may hold any) survive the way back to git."""
        return os.fsdecode(self.out)

    @property
    def fields(self) -> list[str]:
        """The output of a `-z` command, cut at its NULs."""
        return self.text.split("\0")[:-1]

    @property
    def words(self) -> str:
        """All that was said, for a person to read: no colour, no control character."""
        said = self.err + self.out if self.status else self.err
        return for_terminal(_COLOUR.sub("", said.decode(errors="replace"))).strip()


@dataclass(frozen=True, slots=True)
class Git:
    """Git at work in `folder`; put `--` before paths.

    Every call raises GitMissing where there is no git, and FolderClosed where there is no such folder.
    """

    folder: Path

    def ask(self, *arguments: str) -> Answer:
        """The answer to a question, whatever its status. A path in it stands for itself: no pattern, no magic."""
        try:
            done = subprocess.run(
                ["git", "--literal-pathspecs", *arguments],
                cwd=self.folder,
                env={**os.environ, **_FOR_READING},
                stdin=subprocess.DEVNULL,
                capture_output=True,
            )
        except OSError as error:
            raise self._not_started(error) from error
        return Answer(done.returncode, done.stdout, done.stderr)

    def read(self, *arguments: str) -> Answer:
        """The answer to a question that must be answered: raises GitFailed where it is not."""
        answer = self.ask(*arguments)
        if answer.status:
            raise GitFailed(arguments[0], answer)
        return answer

    def act(self, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> Answer:
        """Let git change something, in the person's own environment: hooks and signing work as they always do.

        A path is a pathspec here, to be marked with `literally`: an option for all of them would reach the hooks too.
        The answer's `out` is all that git and its hooks said, in the order they said it. They write to a file, so that
        a program which a hook leaves running in the background does not hold us.
        """
        with tempfile.TemporaryFile() as said:
            try:
                process = subprocess.Popen(
                    ["git", *arguments],
                    cwd=self.folder,
                    env={**os.environ, **(environment or {})},
                    stdin=subprocess.PIPE,
                    stdout=said,
                    stderr=said,
                )
            except OSError as error:
                raise self._not_started(error) from error
            with process:
                try:
                    process.communicate(stdin)
                except BaseException:
                    _stop(process)
                    raise
            said.seek(0)
            return Answer(process.returncode, said.read())

    def _not_started(self, error: OSError) -> OutsideFailed | Unreadable:
        if error.filename == "git":
            words = _("git cannot be run ({reason}): install git 2.39 or newer")
            return GitMissing(words.format(reason=reason_of(error)))
        return FolderClosed(_("{folder}: {reason}").format(folder=self.folder, reason=reason_of(error)))


def literally(path: str) -> str:
    """A pathspec that means `path` and nothing else."""
    return f":(literal){path}"


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End git so that it takes its lock files with it: killed outright, it would leave them."""
    process.terminate()
    try:
        process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
