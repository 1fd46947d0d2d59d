"""`make bench-history`: how long `tkt check --history` takes over a long past, against git reading the same objects.

The past is made with `git fast-import`: thousands of tickets, each commit one more entry in one of them, every third of
which moves the front matter too, and every hundredth commit a merge of two clones. The floor is `git log --raw` and
`git cat-file --batch` of every version that it names, in the same run.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

from desks import ENVIRONMENT, TKT, feed
from timing import Line, command, in_turn, keep, machine, table

from tkt.domain.entry import Entry, FieldChange
from tkt.domain.identifier import derived_uid, make_id
from tkt.domain.instant import write_instant
from tkt.domain.ticket import Ticket
from tkt.store.desk_folder import SETTINGS, ticket_path
from tkt.store.journal_text import render_entry
from tkt.store.settings.default_settings import default_settings_text
from tkt.store.ticket_file import new_ticket_file, sections_of

CEILING = 60.0
_ME = "Jean DUPONT <jean.dupont@entreprise.fr>"
_ZONE = timezone(timedelta(hours=1))
_START = datetime(2020, 1, 6, 8, 0, tzinfo=_ZONE)
_LEVELS = ("N1", "N2", "N3")


class Past:
    """Writes a desk's past as a stream for `git fast-import`, commit by commit."""

    def __init__(self, tickets: int, commits: int, seed: int = 1) -> None:
        self._tickets = tickets
        self._commits = commits
        self._dice = random.Random(seed)
        self._files: dict[int, str] = {}
        self._level: dict[int, int] = {}
        self._done = 0

    def stream(self) -> Iterator[bytes]:
        """The whole of it."""
        yield from self._commit("a desk", [], {SETTINGS: default_settings_text("fr", "Europe/Paris")})
        for number in range(1, self._tickets + 1):
            self._files[number], self._level[number] = first_version(number, self._now), 0
            yield from self._commit("new", [], {self._path(number): self._files[number]})
        while self._done < self._commits:
            yield from self._merge() if self._done % 100 == 0 else self._entry()

    @property
    def _now(self) -> datetime:
        return _START + timedelta(minutes=self._done)

    def _path(self, number: int) -> str:
        return ticket_path(Path(), make_id("INC", number)).as_posix()

    def _entry(self, parents: list[int] | None = None) -> Iterator[bytes]:
        number = self._dice.randint(1, self._tickets)
        changes = (FieldChange("spent", "15m"),)
        if self._done % 3 == 0:
            old = self._level[number]
            new = (old + 1) % 3
            self._level[number] = new
            changes = (FieldChange("level", _LEVELS[new], _LEVELS[old]),)
            self._files[number] = self._files[number].replace(
                f"\nlevel: {_LEVELS[old]}\n", f"\nlevel: {_LEVELS[new]}\n", 1
            )
        words = f"Vérification serveur Exchange : RAS (relevé {self._done})"
        entry = render_entry(Entry(self._now, "Jean DUPONT", "N1", False, changes, words))
        self._files[number] += f"\n{entry}"
        yield from self._commit("log", parents or [], {self._path(number): self._files[number]})

    def _merge(self) -> Iterator[bytes]:
        """Two clones write one entry each from the same commit, on tickets of their own, and are merged."""
        base = self._done
        yield from self._entry()
        ours, told = self._done, dict(self._files)
        yield from self._entry([base])
        changed = [number for number in self._files if self._files[number] != told[number]]
        files = {self._path(number): self._files[number] for number in changed}
        yield from self._commit("merge", [ours, self._done], files)

    def _commit(self, subject: str, parents: list[int], files: dict[str, str]) -> Iterator[bytes]:
        at = f"{int(self._now.timestamp())} +0100"
        self._done += 1
        head = f"commit refs/heads/main\nmark :{self._done}\nauthor {_ME} {at}\ncommitter {_ME} {at}\n"
        first, *more = parents or [self._done - 1]
        head += f"data {len(subject)}\n{subject}\n" + (f"from :{first}\n" if first else "")
        yield (head + "".join(f"merge :{parent}\n" for parent in more)).encode()
        for path, text in files.items():
            data = text.encode()
            yield f"M 100644 inline {path}\ndata {len(data)}\n".encode() + data + b"\n"


def first_version(number: int, opened: datetime) -> str:
    """The file of a ticket that was just opened, at level N1."""
    moved = {"state": "new", "impact": "medium", "urgency": "medium", "priority": "P3", "level": "N1"}
    fields = {
        "id": make_id("INC", number),
        "uid": derived_uid(f"bench:{number}"),
        "type": "incident",
        "title": f"Outlook 365 - Impossible d'envoyer des emails externes depuis le poste {number}",
        "requester.name": f"Utilisateur {number % 997}",
        "requester.email": f"utilisateur.{number % 997}@entreprise.fr",
        **moved,
        "opened_at": write_instant(opened),
    }
    changes = tuple(FieldChange(key, value) for key, value in moved.items())
    ticket = Ticket(fields, opened, (Entry(opened, "Jean DUPONT", "N1", changes=changes),))
    return new_ticket_file("", fields, ticket, sections_of("Plus aucun message ne part.\n")).data.decode()


def build(folder: Path, tickets: int, commits: int) -> Path:
    """A bare repository with such a past."""
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch=main", str(folder)], env=ENVIRONMENT, check=True
    )
    feed(folder, Past(tickets, commits).stream())
    return folder


def floor(repository: Path) -> float:
    """Git alone: every commit's changes, and every version of a file that they name, once."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as asked:
        told = subprocess.run(
            ["git", "log", "--reverse", "--topo-order", "-m", "--raw", "-z", "--no-abbrev", "--format=%H %an %ad"],
            cwd=repository,
            env=ENVIRONMENT,
            capture_output=True,
            check=True,
        ).stdout
        records = (field.split(b" ") for field in told.split(b"\0") if field.lstrip(b"\n").startswith(b":"))
        asked.write(b"\n".join(dict.fromkeys(record[3] for record in records)) + b"\n")
        asked.seek(0)
        subprocess.run(
            ["git", "cat-file", "--batch"],
            cwd=repository,
            env=ENVIRONMENT,
            stdin=asked,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    return time.perf_counter() - start


def main() -> None:
    """Measure, print, and write docs/benchmarks.md when asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commits", type=int, default=100_000)
    parser.add_argument("--tickets", type=int, default=4_000)
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each thing, in turn")
    parser.add_argument("--write", action="store_true", help="write the figures to docs/benchmarks.md")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tkt-bench-") as folder:
        repository = build(Path(folder) / "desk.git", arguments.tickets, arguments.commits)
        checked = command(*TKT, "check", "--history", cwd=repository)
        ours, theirs = in_turn(arguments.runs, checked, lambda: floor(repository))
    what = f"`tkt check --history` of {arguments.commits:,} commits on {arguments.tickets:,} tickets"
    line = Line(what, ours, "`git log --raw`, `git cat-file --batch`", theirs).allowing(CEILING)
    text = f"{machine(arguments.runs)}.\n\n{table([line])}"
    print(text)
    if arguments.write:
        keep("history", text)
    sys.exit(0 if line.met else 1)


if __name__ == "__main__":
    main()
