"""The front door: tkt called as a person calls it, in this process or as one of its own, on real desks in real git."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import tkt
from tkt.cli.main import main
from tkt.store.desk_folder import ticket_path

SOURCE = Path(tkt.__file__).parent.parent


@dataclass(frozen=True)
class Answer:
    """What a command left behind: its exit code, and what it printed where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The document on standard output."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        """What stands on standard output, line by line."""
        return self.out.splitlines()


class FrontDoor:
    """A folder, and tkt at work in it. Every call says which exit code it expects."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, *arguments: str, stdin: str | bytes = b"", code: int = 0) -> Answer:
        """tkt in this process, as if started in the folder."""
        return _expected(self.tries(*arguments, stdin=stdin), code, arguments)

    def tries(self, *arguments: str, stdin: str | bytes = b"") -> Answer:
        """The same, whatever comes of it."""
        with _standing_in(self.root), _streams(stdin) as (out, err), warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # in a process of its own it would be on standard error
            try:
                main(arguments)
            except SystemExit as end:
                given = end.code if isinstance(end.code, int) else 1
        return Answer(given, _text(out), _text(err))

    def process(
        self,
        *arguments: str,
        stdin: str | bytes = b"",
        code: int = 0,
        environment: dict[str, str] | None = None,
        before: Any = None,
    ) -> Answer:
        """tkt as a process of its own."""
        done = subprocess.run(
            command(*arguments),
            cwd=self.root,
            input=_bytes(stdin),
            capture_output=True,
            env=surroundings(environment),
            preexec_fn=before,
        )
        return _expected(Answer(done.returncode, done.stdout.decode(), done.stderr.decode()), code, arguments)

    def git(self, *arguments: str) -> str:
        """What git says in the folder."""
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def path(self, ticket_id: str) -> Path:
        """Where a ticket's file lies."""
        return ticket_path(self.root, ticket_id)

    def data(self, ticket_id: str) -> bytes:
        """A ticket's file."""
        return self.path(ticket_id).read_bytes()

    def put(self, ticket_id: str, data: bytes) -> None:
        """A ticket's file as somebody edited and committed it."""
        self.path(ticket_id).parent.mkdir(parents=True, exist_ok=True)
        self.path(ticket_id).write_bytes(data)
        self.commit("by hand")

    def setting(self, *lines: str) -> None:
        """The desk's settings, with these lines in place of those of the same keys."""
        path = self.root / "tkt.yaml"
        text = path.read_text(encoding="utf-8")
        for line in lines:
            key = re.escape(line.partition(":")[0])
            text = re.sub(rf"^{key}:.*\n(?:[ \t]+.*\n)*", "", text, flags=re.MULTILINE)
        path.write_text("\n".join([text.rstrip("\n"), *lines]) + "\n", encoding="utf-8")
        self.commit("settings")

    def commit(self, subject: str) -> None:
        """Everything in the folder, as somebody committed it with git alone."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--no-verify", "-m", subject)

    def ticket(self, reference: str) -> dict[str, Any]:
        """A ticket as `tkt show --json` has it."""
        found: dict[str, Any] = self("show", reference, "--json").json["ticket"]
        return found

    def last_entry(self, reference: str) -> dict[str, Any]:
        """The entry that stands last in a ticket's journal."""
        entry: dict[str, Any] = self.ticket(reference)["entries"][-1]
        return entry

    def facts(self, reference: str) -> dict[str, str | None]:
        """What the last entry of a ticket changed or recorded, by key."""
        return {change["key"]: change["new"] for change in self.last_entry(reference)["changes"] if "new" in change}

    def commits(self) -> int:
        """How many commits there are."""
        return int(self.git("rev-list", "--count", "HEAD"))

    def subject(self) -> str:
        """The last commit's subject."""
        return self.git("log", "-1", "--format=%s").strip()

    def trailers(self) -> list[tuple[str, str]]:
        """The last commit's trailers, in order."""
        lines = self.git("log", "-1", "--format=%(trailers:unfold)").splitlines()
        return [(key, value) for key, _colon, value in (line.partition(": ") for line in lines if line)]

    def committed_files(self) -> list[str]:
        """The files that the last commit touched."""
        return self.git("show", "--format=", "--name-only", "HEAD").splitlines()

    def hook(self, name: str, script: str) -> None:
        """A git hook of the person's."""
        path = self.root / ".git" / "hooks" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def snapshot(self) -> tuple[dict[str, bytes | None], str]:
        """Every file's bytes and every folder, and where git stands: HEAD, what is staged, what is changed."""
        places = sorted(path for path in self.root.rglob("*") if ".git" not in path.relative_to(self.root).parts)
        tree = {
            path.relative_to(self.root).as_posix(): path.read_bytes() if path.is_file() else None for path in places
        }
        if not (self.root / ".git").exists():
            return tree, ""
        return tree, self.git("status", "--porcelain=v2", "--branch", "--untracked-files=all")

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """What is done meanwhile leaves no trace, on disk or in git."""
        before = self.snapshot()
        yield
        assert self.snapshot() == before

    def refuses(self, *arguments: str, code: int, stdin: str | bytes = b"") -> str:
        """What tkt says of a command that it refuses: one line, and nothing is changed."""
        with self.untouched():
            answer = self(*arguments, stdin=stdin, code=code)
        assert not answer.out
        assert len(answer.err.splitlines()) == 1, answer.err
        assert answer.err.startswith("tkt: "), answer.err
        return answer.err


def command(*arguments: str) -> list[str]:
    """The line that starts tkt as a process."""
    return [sys.executable, "-m", "tkt", *arguments]


def surroundings(more: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that runs the tkt under test."""
    return {**os.environ, "PYTHONPATH": str(SOURCE), **(more or {})}


def _expected(answer: Answer, code: int, arguments: tuple[str, ...]) -> Answer:
    assert "Traceback" not in answer.err, answer.err
    assert answer.code == code, f"tkt {' '.join(arguments)} ended with {answer.code}:\n{answer.err}{answer.out}"
    return answer


@contextmanager
def _standing_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _streams(stdin: str | bytes) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    """Standard input, output and error of a command in a pipe."""
    given, out, err = (
        io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="") for data in (_bytes(stdin), b"", b"")
    )
    with mock.patch.multiple(sys, stdin=given, stdout=out, stderr=err):
        yield out, err


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode()


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
