"""The one place that starts another program: git, with a list of arguments and never through a shell."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from tkt.errors import OutsideFailed, Unreadable
from tkt.git.surroundings import surroundings
from tkt.language import _, reason_of
from tkt.presentation.safe_text import for_terminal

_COLOUR = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
# What we parse is read in git's own English, and a question leaves the repository's files alone.
_FOR_READING = {"LC_ALL": "C", "LANGUAGE": "C", "GIT_OPTIONAL_LOCKS": "0"}
# History as it was written: no replaced object and no graft of this clone stands for what a commit says itself. No
# file can lie below a device, so there is none to be read, nor to be warned of.
_AS_STORED = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": f"{os.devnull}/none"}
_GRACE_SECONDS = 5
_AT_ONCE = 1 << 18


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


class GitOverran(OutsideFailed):
    """Git took longer than it was given and was ended; `killed`: it had to be, and may have left its lock files."""

    def __init__(self, command: str, seconds: float, killed: bool) -> None:
        self.killed = killed
        words = _("git {command} took longer than {seconds} s and was ended")
        super().__init__(words.format(command=command, seconds=round(seconds)))


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
    """Git at work in `folder`; put `--` before paths. `as_stored`: questions are answered from what commits say
    themselves, whatever this clone puts in their place. `index`: the one that counts, where it is not git's usual one.

    Every call raises GitMissing where there is no git, and FolderClosed where there is no such folder.
    """

    folder: Path
    as_stored: bool = False
    index: Path | None = None

    def ask(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """The answer to a question, whatever its status. A path in it stands for itself: no pattern, no magic."""
        try:
            done = subprocess.run(
                ["git", "--literal-pathspecs", *arguments],
                cwd=self.folder,
                env=self._for_reading(),
                input=stdin,
                capture_output=True,
            )
        except OSError as error:
            raise self._not_started(error) from error
        return Answer(done.returncode, done.stdout, done.stderr)

    def begin(self, *arguments: str) -> Callable[[], Answer]:
        """Ask, and go on meanwhile: what is returned waits for the answer, once. As `ask` otherwise."""
        try:
            process = subprocess.Popen(
                ["git", "--literal-pathspecs", *arguments],
                cwd=self.folder,
                env=self._for_reading(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise self._not_started(error) from error

        def answer() -> Answer:
            with process:
                out, err = process.communicate()
            return Answer(process.returncode, out, err)

        return answer

    def read(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """The answer to a question that must be answered: raises GitFailed where it is not."""
        answer = self.ask(*arguments, stdin=stdin)
        if answer.status:
            raise GitFailed(arguments[0], answer)
        return answer

    def stream(self, *arguments: str) -> Iterator[str]:
        """The fields of a `-z` command's answer as they come, where it is too long to be held; raises GitFailed."""
        with nameless_file() as said:
            try:
                process = subprocess.Popen(
                    ["git", "--literal-pathspecs", *arguments],
                    cwd=self.folder,
                    env=self._for_reading(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=said,
                )
            except OSError as error:
                raise self._not_started(error) from error
            with process:
                assert process.stdout is not None
                try:
                    yield from _fields(process.stdout)
                except BaseException:
                    _stop(process)
                    raise
            if process.returncode:
                said.seek(0)
                raise GitFailed(arguments[0], Answer(process.returncode, b"", said.read()))

    def act(
        self,
        *arguments: str,
        stdin: bytes = b"",
        environment: Mapping[str, str] | None = None,
        kept: tuple[int, ...] = (),
        seconds: float | None = None,
    ) -> Answer:
        """Let git change something, in the person's own environment: hooks and signing work as they always do.

        A path is a pathspec here, to be marked with `literally`: an option for all of them would reach the hooks too.
        The answer's `out` is all that git and its hooks said, in the order they said it. They write to a file, so that
        a program which a hook leaves running in the background does not hold us; and git reads from one, so that it
        never takes half of what it is told for the whole, should we die meanwhile. The descriptors `kept` stay open in
        git and in what it starts. Past `seconds` git is asked to end, and made to: raises GitOverran.
        """
        with nameless_file() as told, nameless_file() as said:
            told.write(stdin)
            told.seek(0)
            try:
                process = subprocess.Popen(
                    ["git", *arguments],
                    cwd=self.folder,
                    env={**surroundings(), **(environment or {})},
                    stdin=told,
                    stdout=said,
                    stderr=said,
                    pass_fds=kept,
                )
            except OSError as error:
                raise self._not_started(error) from error
            with process:
                try:
                    with _bounded(process, seconds) as overran:
                        process.wait()
                except BaseException:
                    _stop(process)
                    raise
            if overran.is_set() and process.returncode and seconds is not None:
                raise GitOverran(arguments[0], seconds, killed=process.returncode == -signal.SIGKILL)
            said.seek(0)
            return Answer(process.returncode, said.read())

    def _for_reading(self) -> dict[str, str]:
        index = {"GIT_INDEX_FILE": str(self.index)} if self.index else {}
        return {**surroundings(), **_FOR_READING, **(_AS_STORED if self.as_stored else {}), **index}

    def _not_started(self, error: OSError) -> OutsideFailed | Unreadable:
        if error.filename == "git":
            words = _("git cannot be run ({reason}): install git 2.39 or newer")
            return GitMissing(words.format(reason=reason_of(error)))
        return FolderClosed(_("{folder}: {reason}").format(folder=self.folder, reason=reason_of(error)))


def nameless_file() -> IO[bytes]:
    """A file for the time that it is open, without a name that could be left behind where this process is killed.

    Linux has one in memory, at no cost. Elsewhere the folder is given: tempfile would try one out first, with a file
    that has a name.
    """
    if sys.platform == "linux":
        return open(os.memfd_create("tkt"), "w+b")
    import tempfile

    folder = os.environ.get("TMPDIR") or "/tmp"
    return tempfile.TemporaryFile(dir=folder if os.path.isdir(folder) else "/tmp")


def _fields(stream: IO[bytes]) -> Iterator[str]:
    """What stands before each NUL of a stream."""
    rest = b""
    while piece := stream.read(_AT_ONCE):
        *whole, rest = (rest + piece).split(b"\0")
        yield from map(os.fsdecode, whole)
    if rest:
        yield os.fsdecode(rest)


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


@contextmanager
def _bounded(process: subprocess.Popen[bytes], seconds: float | None) -> Iterator[threading.Event]:
    """Meanwhile a process has so many seconds to end, for ever where None; yields what tells that they are over."""
    ended, overran = threading.Event(), threading.Event()

    def watch() -> None:
        if ended.wait(seconds):
            return
        overran.set()
        process.terminate()
        if not ended.wait(_GRACE_SECONDS):
            process.kill()

    watcher = threading.Thread(target=watch, daemon=True)
    try:
        if seconds is not None:
            watcher.start()
        yield overran
    finally:
        ended.set()
        if watcher.is_alive():
            watcher.join()
