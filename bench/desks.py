"""Desks of any size for the benchmarks: the tickets of `lives.py` in a real repository, made in one go and kept.

The files go through `git fast-import`, and git checks them out: one writer, whose index then knows every file.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from multiprocessing import Pool
from pathlib import Path

import lives
from staff import agents, categories, requesters

from tkt.store.desk_folder import SETTINGS, ticket_path
from tkt.store.settings.default_settings import default_settings_text

# Nothing of the person's own git, and byte code kept as an installed program keeps it.
ENVIRONMENT = {
    **{key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "TKT_", "PYTHONDONTWRITE"))},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Jean DUPONT",
    "GIT_AUTHOR_EMAIL": "jean.dupont@entreprise.fr",
    "GIT_COMMITTER_NAME": "Jean DUPONT",
    "GIT_COMMITTER_EMAIL": "jean.dupont@entreprise.fr",
}
TKT = [str(Path(sys.executable).with_name("tkt"))]
# Where each benchmark puts a desk back to.
BUILT = "built"
_CALENDAR = f"""calendars:
  office:
    - from: {lives.FIRST_YEAR}-01-01
      hours: {{mon-fri: ["08:00-12:30", "13:30-18:00"]}}
      holidays: FR
"""
# What the desk says in place of a default: office hours, but round the clock where everything is down.
_OWN = {
    "calendars:\n": _CALENDAR,
    "calendar: 24x7": "calendar: office",
    "P1: {response: 15m, resolution: 4h}": "P1: {response: 15m, resolution: 4h, calendar: 24x7}",
}
_THOUSAND = 1000


def desk_of(cache: Path, tickets: int) -> Path:
    """A desk of so many tickets as it was made, from `cache` where it is kept, else made there."""
    cache.mkdir(parents=True, exist_ok=True)
    desk = cache.resolve() / f"desk-{lives.SHAPE}-{tickets}"
    if not desk.exists():
        print(f"Making a desk of {tickets:,} tickets in {desk}", file=sys.stderr)
        with tempfile.TemporaryDirectory(dir=desk.parent, prefix="unfinished-") as unfinished:
            build_desk(Path(unfinished) / "desk", tickets).rename(desk)
    put_back(desk)
    return desk


def put_back(desk: Path) -> None:
    """The desk as it was made: no commit more, no file more."""
    git(desk, "reset", "--quiet", "--hard", BUILT)
    git(desk, "clean", "--quiet", "-d", "--force")


def build_desk(folder: Path, tickets: int) -> Path:
    """A desk of so many tickets, committed once; `folder` must not exist yet, and its parent must."""
    _found(folder, tickets)
    _take_over(folder, tickets)
    git(folder, "-c", f"checkout.workers={os.cpu_count()}", "reset", "--quiet", "--hard")
    git(folder, "tag", BUILT)
    # A file as young as git's index is read again by every `git status`: that is over once one has looked.
    git(folder, "status", "--short")
    return folder


def empty_desk(folder: Path) -> Path:
    """A desk without tickets in a repository of its own, wherever `folder` is to lie."""
    git(folder.parent, "init", "--quiet", str(folder))
    tkt(folder, "init", "--timezone", "Europe/Paris", "--lang", "fr")
    return folder


def ticket_file(desk: Path, number: int) -> Path:
    """Where the ticket of that number stands."""
    return ticket_path(desk, lives.id_of(number))


def git(desk: Path, *words: str) -> str:
    """What a git command says; raises CalledProcessError where it fails."""
    return subprocess.run(["git", *words], cwd=desk, env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout


def tkt(desk: Path, *words: str) -> None:
    """Run a command of tkt; raises CalledProcessError where it fails."""
    subprocess.run([*TKT, *words], cwd=desk, env=ENVIRONMENT, check=True, capture_output=True)


def feed(repository: Path, stream: Iterable[bytes]) -> None:
    """Give a stream to `git fast-import`."""
    importing = subprocess.Popen(
        ["git", "fast-import", "--quiet"], cwd=repository, env=ENVIRONMENT, stdin=subprocess.PIPE
    )
    assert importing.stdin is not None
    with importing.stdin as pipe:
        for piece in stream:
            pipe.write(piece)
    if importing.wait():
        sys.exit("git fast-import failed")


def _found(folder: Path, tickets: int) -> None:
    """A desk without tickets, with people, categories and an office calendar of its own."""
    tkt(empty_desk(folder), "calendar", "holidays", "FR", f"{lives.FIRST_YEAR}..{lives.END.year + 1}")
    text = default_settings_text("fr", "Europe/Paris", agents(), categories(), tickets + 1)
    for default, own in _OWN.items():
        if default not in text:
            sys.exit(f"The settings that tkt writes say {default!r} no more.")
        text = text.replace(default, own, 1)
    (folder / SETTINGS).write_text(text, encoding="utf-8")
    (folder / "people.csv").write_text(_directory(), encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The desk's settings and people")


def _directory() -> str:
    """Everybody who may ask for something, as `people.csv` holds them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("name", "department", "email", "asset"))
    writer.writerows(requesters())
    return text.getvalue()


def _take_over(folder: Path, tickets: int) -> None:
    """Every ticket, in one commit, made on all cores."""
    branch = git(folder, "symbolic-ref", "HEAD").strip()
    me = f"Jean DUPONT <jean.dupont@entreprise.fr> {int(lives.END.timestamp())} +0100"
    said = f"{tickets} tickets"
    head = f"commit {branch}\nauthor {me}\ncommitter {me}\ndata {len(said)}\n{said}\nfrom {branch}^0\n"
    spans = [range(first, min(first + _THOUSAND, tickets + 1)) for first in range(1, tickets + 1, _THOUSAND)]
    with Pool() as pool:
        feed(folder, chain([head.encode()], pool.imap(_files, ((span, tickets) for span in spans))))


def _files(asked: tuple[range, int]) -> bytes:
    """The files of the tickets of some numbers as `git fast-import` takes them."""
    numbers, tickets = asked
    return b"".join(chain.from_iterable(_file(number, tickets) for number in numbers))


def _file(number: int, tickets: int) -> Iterator[bytes]:
    data = lives.file_of(number, tickets)
    yield f"M 100644 inline {ticket_file(Path(), number).as_posix()}\ndata {len(data)}\n".encode()
    yield data
    yield b"\n"
