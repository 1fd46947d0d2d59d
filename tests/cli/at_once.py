"""Many people at work at once: what each of them does, and what of it is found in journals and in git afterwards."""

from __future__ import annotations

import random
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.cli.front_door import FrontDoor, command, surroundings
from tkt.domain.identifier import is_id
from tkt.store.ticket_file import TicketFile
from tkt.store.ticket_tree import find_files

Verb = Callable[[random.Random, list[str], str], list[str]]
AGENTS = ("Pierre MARTIN", "Paula MARTINEZ", "Zoé LENOIR")
VERBS: tuple[Verb, ...] = (
    lambda chance, ids, token: ["log", chance.choice(ids)],
    lambda chance, ids, token: ["log", *chance.sample(ids, 2)],
    lambda chance, ids, token: ["start", chance.choice(ids)],
    lambda chance, ids, token: ["hold", chance.choice(ids), "--reason", "user"],
    lambda chance, ids, token: ["resume", chance.choice(ids)],
    lambda chance, ids, token: ["resolve", chance.choice(ids), "--cause", "unknown", "--action", "redémarrage"],
    lambda chance, ids, token: ["reopen", chance.choice(ids)],
    lambda chance, ids, token: ["close", chance.choice(ids)],
    lambda chance, ids, token: ["edit", chance.choice(ids), "--asset", f"PC-{chance.randrange(100)}"],
    lambda chance, ids, token: ["edit", chance.choice(ids), "--tag", f"t{chance.randrange(9)}"],
    lambda chance, ids, token: ["assign", chance.choice(ids), "--to", chance.choice(AGENTS)],
    lambda chance, ids, token: ["attach", chance.choice(ids), f"../{token}.txt"],
    lambda chance, ids, token: ["link", (pair := chance.sample(ids, 2))[0], "related-to", pair[1]],
    lambda chance, ids, token: ["rate", chance.choice(ids), str(chance.randrange(1, 6))],
)
# Done; called for what stands so already; refused by a rule.
EXPECTED = (0, 2, 3)


@dataclass(frozen=True)
class Tried:
    """One command: the word that tells it from all others, and how it ended."""

    token: str
    line: list[str]
    code: int
    out: str
    err: str

    @property
    def done(self) -> bool:
        return self.code == 0


def opening(_chance: random.Random, _ids: list[str], token: str) -> list[str]:
    """A new ticket, whose title is the word that tells the command."""
    return ["new", token, "-r", "Marie MARTIN"]


def technician(number: int, folder: Path, ids: list[str], commands: int) -> list[Tried]:
    """What one technician does on five tickets, one command after the other, and now and then on a new one."""
    chance = random.Random(number)
    tried = []
    for turn in range(commands):
        token = f"mot-{number}-{turn}-fin"
        verb = opening if turn % 5 == 2 else chance.choice(VERBS)
        line = [*verb(chance, ids, token), "-m", token]
        if "attach" in line:
            (folder.parent / f"{token}.txt").write_text(token, encoding="utf-8")
        done = subprocess.run(command(*line), cwd=folder, env=surroundings(), capture_output=True, text=True)
        tried.append(Tried(token, line, done.returncode, done.stdout, done.stderr))
    return tried


def somebody_with_git(folder: Path, commits: int) -> list[str]:
    """The files that a person commits with git alone meanwhile, trying again when git says that it is locked."""
    names = [f"notes/{number}.txt" for number in range(commits)]
    for number, name in enumerate(names):
        (folder / "notes").mkdir(exist_ok=True)
        (folder / name).write_text("à moi\n", encoding="utf-8")
        until_done(folder, "add", name)
        until_done(folder, "commit", "--quiet", "-m", f"note {number}", *(["--", name] if number % 2 else []))
    return names


def until_done(folder: Path, *arguments: str) -> None:
    """A git command, as often as it takes."""
    for _attempt in range(1000):
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True)
        if not done.returncode:
            return
        assert ".lock" in done.stderr or "cannot lock ref" in done.stderr, done.stderr + done.stdout
    raise AssertionError(f"git {arguments} never came through")


@dataclass(frozen=True)
class Commit:
    """A commit: its files, its tickets by its trailers, and the lines that it added."""

    subject: str
    tickets: list[str]
    files: list[str]
    added: str


def commits_since(tkt: FrontDoor, base: str, *more: str) -> list[Commit]:
    """The commits since `base`, oldest first."""
    form = "--format=%x1e%s%x1f%(trailers:key=Ticket,valueonly,separator=%x20)%x1f"
    how = ("--reverse", "--no-renames", "--no-textconv", "-p", form)
    told = tkt.git("-c", "core.quotePath=false", "log", *how, f"{base}..HEAD", *more)
    found = []
    for record in told.split("\x1e")[1:]:
        subject, tickets, patch = record.split("\x1f")
        lines = patch.splitlines()
        files = [line.rpartition(" b/")[2] for line in lines if line.startswith("diff --git ")]
        added = "\n".join(line[1:] for line in lines if line.startswith("+") and not line.startswith("+++"))
        found.append(Commit(subject, tickets.split(), files, added))
    return found


def journals(root: Path) -> dict[str, list[str]]:
    """The words of each entry of each ticket, in journal order."""
    files = {found.ticket_id: TicketFile.of(found.path.name, found.path) for found in find_files(root / "tickets")}
    return {name: [entry.text for entry in file.text.entries] for name, file in files.items() if is_id(name)}


def times(words: Iterable[str]) -> Counter[str]:
    """How often each command's word stands in entries."""
    return Counter(word for word in words if word.startswith("mot-"))
