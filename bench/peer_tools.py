"""The peers: how each is obtained, how its store is filled with as many tickets, and how it does what tkt does.

All of them see the same tickets: the title, whether it is done, and what was said of it. Taskwarrior imports them; the
others' files are written as they write them themselves.
"""

from __future__ import annotations

import json
import subprocess
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from desks import ENVIRONMENT, git
from lives import ticket_of
from obtaining import from_debian, from_npm, from_pypi

_STAMP = "%Y%m%dT%H%M%SZ"
TITLE = "Outlook - Impossible d'envoyer des emails externes"
NOTE = "Vérification du serveur Exchange : RAS"


class Task(NamedTuple):
    """A ticket as far as every peer can hold it; moments are in UTC."""

    number: int
    title: str
    is_open: bool
    opened: datetime
    last: datetime
    notes: tuple[str, ...]


class Act(NamedTuple):
    """A command line, and what it is given to read."""

    words: Sequence[str]
    given: str = ""


@dataclass(frozen=True)
class Peer:
    """One program. `obtain`: its path, for a folder of tools; raises Missing. `fill`: makes its store in a folder.

    `acts`: its command lines there for create, note, list and show; what it has no command for is left out.
    """

    name: str
    obtain: Callable[[Path], str]
    fill: Callable[[str, Path, list[Task]], None]
    acts: Callable[[str, Path, list[Task]], Mapping[str, Act]]


def tasks(tickets: int) -> Iterator[Task]:
    """The tickets of a desk of so many."""
    for number in range(1, tickets + 1):
        one = ticket_of(number, tickets)
        notes = tuple(entry.text for entry in one.entries if entry.text)
        opened, last = one.opened_at.astimezone(UTC), one.last_said_at.astimezone(UTC)
        yield Task(number, one.title, one.is_open, opened, last, notes)


def environment_of(folder: Path) -> dict[str, str]:
    """A home of its own, so that nobody's configuration counts."""
    return {**ENVIRONMENT, "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def _run(words: Sequence[str], folder: Path) -> None:
    subprocess.run(
        words, cwd=folder, env=environment_of(folder), stdin=subprocess.DEVNULL, capture_output=True, check=True
    )


def _fill_taskwarrior(program: str, folder: Path, every: list[Task]) -> None:
    (folder / "rc").write_text(f"data.location={folder}\nconfirmation=no\n", encoding="utf-8")
    (folder / "tasks.json").write_text(json.dumps([_taskwarrior_task(task) for task in every]), encoding="utf-8")
    _run([program, f"rc:{folder / 'rc'}", "import", str(folder / "tasks.json")], folder)


def _taskwarrior_task(task: Task) -> dict[str, object]:
    said = [{"entry": task.last.strftime(_STAMP), "description": note} for note in task.notes]
    ended = {"status": "pending"} if task.is_open else {"status": "completed", "end": task.last.strftime(_STAMP)}
    known = {"description": task.title, "entry": task.opened.strftime(_STAMP), "uuid": str(uuid.UUID(int=task.number))}
    return {**known, **ended, "annotations": said}


def _taskwarrior(program: str, folder: Path, every: list[Task]) -> Mapping[str, Act]:
    task = [program, f"rc:{folder / 'rc'}"]
    return {
        "create": Act([*task, "add", TITLE]),
        "note": Act([*task, "1", "annotate", NOTE]),
        "list": Act([*task, "list"]),
        "show": Act([*task, "1", "info"]),
    }


def _fill_todoman(program: str, folder: Path, every: list[Task]) -> None:
    calendar = folder / "calendars" / "desk"
    calendar.mkdir(parents=True)
    (folder / "config.py").write_text(f'path = "{calendar.parent}/*"\n', encoding="utf-8")
    for task in every:
        (calendar / f"{task.number}.ics").write_text(_todo_item(task), encoding="utf-8", newline="\r\n")


def _todo_item(task: Task) -> str:
    said = "\\n".join(task.notes).replace(";", "\\;").replace(",", "\\,")
    done = () if task.is_open else (f"COMPLETED:{task.last.strftime(_STAMP)}",)
    return "\n".join(
        (
            *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:tkt-bench", "BEGIN:VTODO", f"UID:{task.number}@bench"),
            *(f"CREATED:{task.opened.strftime(_STAMP)}", f"DTSTAMP:{task.last.strftime(_STAMP)}"),
            *("STATUS:NEEDS-ACTION" if task.is_open else "STATUS:COMPLETED", *done),
            *(f"SUMMARY:{task.title}", f"DESCRIPTION:{said}", "END:VTODO", "END:VCALENDAR", ""),
        )
    )


def _todoman(program: str, folder: Path, every: list[Task]) -> Mapping[str, Act]:
    todo = [program, "--config", str(folder / "config.py")]
    return {
        "create": Act([*todo, "new", "--list", "desk", TITLE]),
        "note": Act([*todo, "edit", "--read-description", "1"], NOTE),
        "list": Act([*todo, "list"]),
        "show": Act([*todo, "show", "1"]),
    }


def _fill_topydo(program: str, folder: Path, every: list[Task]) -> None:
    """What is done stands in a file of its own, as topydo itself moves it there."""
    lines = {True: "", False: ""}
    for task in every:
        done = "" if task.is_open else f"x {task.last:%Y-%m-%d} "
        lines[task.is_open] += f"{done}{task.opened:%Y-%m-%d} {' '.join((task.title, *task.notes))}\n"
    (folder / "todo.txt").write_text(lines[True], encoding="utf-8")
    (folder / "done.txt").write_text(lines[False], encoding="utf-8")
    (folder / "rc").write_text("", encoding="utf-8")


def _topydo(program: str, folder: Path, every: list[Task]) -> Mapping[str, Act]:
    topydo = [program, "-c", f"{folder}/rc", "-t", f"{folder}/todo.txt", "-d", f"{folder}/done.txt"]
    return {
        "create": Act([*topydo, "add", TITLE]),
        "note": Act([*topydo, "append", "1", NOTE]),
        "list": Act([*topydo, "ls"]),
    }


def _fill_backlog(program: str, folder: Path, every: list[Task]) -> None:
    """It commits each command too, as tkt does."""
    git(folder, "init", "--quiet")
    _run([program, "init", "desk", "--defaults", "--integration-mode", "none", "--check-branches", "false"], folder)
    settings = folder / "backlog" / "config.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("auto_commit: false", "auto_commit: true"), encoding="utf-8")
    (folder / "backlog" / "tasks").mkdir(exist_ok=True)
    for task in every:
        (folder / "backlog" / "tasks" / f"task-{task.number} - {_slug(task.title)}.md").write_text(
            _backlog_task(task), encoding="utf-8"
        )
    git(folder, "add", "--", "backlog")
    git(folder, "commit", "--quiet", "--message", "The tasks")


def _slug(title: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in title).strip("-")


def _backlog_task(task: Task) -> str:
    status = "To Do" if task.is_open else "Done"
    notes = "\n".join(task.notes)
    return (
        f"---\nid: TASK-{task.number}\ntitle: {json.dumps(task.title, ensure_ascii=False)}\nstatus: {status}\n"
        f"assignee: []\ncreated_date: '{task.opened:%Y-%m-%d %H:%M}'\nlabels: []\ndependencies: []\n"
        f"ordinal: {task.number * 1000}\n---\n\n## Implementation Notes\n\n<!-- SECTION:NOTES:BEGIN -->\n{notes}\n"
        "<!-- SECTION:NOTES:END -->\n"
    )


def _backlog(program: str, folder: Path, every: list[Task]) -> Mapping[str, Act]:
    one = str(next(task.number for task in every if task.is_open))
    return {
        "create": Act([program, "task", "create", TITLE, "--plain"]),
        "note": Act([program, "task", "edit", one, "--append-notes", NOTE, "--plain"]),
        "list": Act([program, "task", "list", "--status", "To Do", "--plain"]),
        "show": Act([program, "task", "view", one, "--plain"]),
    }


PEERS = (
    Peer("taskwarrior", lambda _tools: from_debian("taskwarrior", "task"), _fill_taskwarrior, _taskwarrior),
    Peer("todoman", lambda tools: from_pypi(tools, "todoman", "todo"), _fill_todoman, _todoman),
    Peer("topydo", lambda tools: from_pypi(tools, "topydo", "topydo"), _fill_topydo, _topydo),
    Peer("Backlog.md", lambda tools: from_npm(tools, "backlog.md", "backlog"), _fill_backlog, _backlog),
)
