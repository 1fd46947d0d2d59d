"""Founding a desk: its settings, templates and folders, in one commit; nothing that is there is overwritten."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tkt.desk.recording import CommitMessage, Recorder
from tkt.desk.writing import write_and_record
from tkt.domain.settings import Agent
from tkt.errors import Unreadable
from tkt.language import _, reason_of
from tkt.store.desk_folder import SETTINGS, TICKETS
from tkt.store.settings.default_settings import default_settings_text
from tkt.store.templates import SHIPPED

# How git merges and shows tickets; and that no configuration of its own changes the line ends of what was attached.
ATTRIBUTES = ("tickets/**/*.md merge=tkt diff=tkt -text", "tickets/*/*/** -text")
_ATTRIBUTES_FILE = ".gitattributes"
PEOPLE = "people.csv"
_LOCALTIME = Path("/etc/localtime")
_FALLBACK_ZONE = "Europe/Paris"


class CannotMakeFolder(Unreadable):
    """No folder can be made where the desk is to stand."""


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What a desk begins with beside the defaults; `people` is the text of its `people.csv`, "" for none."""

    agents: tuple[Agent, ...] = ()
    categories: tuple[str, ...] = ()
    first_number: int = 1
    people: str = ""


NOTHING_MORE = Beginnings()


def make_folder(folder: Path) -> None:
    """Make the folder of a desk to be, where there is none; raises CannotMakeFolder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = _("{path} cannot be made a folder: {why}.")
        raise CannotMakeFolder(message.format(path=folder, why=reason_of(error))) from error


def found_desk(
    root: Path,
    language: str,
    timezone: str,
    recorder: Recorder,
    frozen_at: datetime | None,
    beginnings: Beginnings = NOTHING_MORE,
) -> list[str]:
    """Write what `root` still lacks to be a desk, and record it; the names of what was written."""
    with recorder.lock():
        files = _lacking(root, language, timezone, beginnings)
        _record(root, recorder, files, "tkt init: a desk", frozen_at)
    return [path.relative_to(root).as_posix() for path, _data in files]


def complete_attributes(root: Path, recorder: Recorder, committed: bytes, frozen_at: datetime | None) -> bool:
    """Let a desk's `.gitattributes` say how git merges and shows tickets, and record it; whether they did not yet.

    `committed` is what the last commit holds of them. Raises a refusal where they say so, and nobody committed it.
    """
    with recorder.lock():
        files = _attributes(root)
        _record(root, recorder, files, "tkt setup: how git merges tickets", frozen_at)
        if not files and _unsaid(committed):
            recorder.prepare([root / _ATTRIBUTES_FILE])
    return bool(files)


def _record(
    root: Path, recorder: Recorder, files: list[tuple[Path, bytes]], subject: str, frozen_at: datetime | None
) -> None:
    if files:
        recorder.prepare([path for path, _data in files])
        trailers = (("Clock", "frozen"),) if frozen_at else ()
        write_and_record(root, recorder, files, CommitMessage(subject, trailers), frozen_at)


def _lacking(root: Path, language: str, timezone: str, beginnings: Beginnings) -> list[tuple[Path, bytes]]:
    settings = default_settings_text(
        language, timezone, beginnings.agents, beginnings.categories, beginnings.first_number
    )
    wanted = {
        root / SETTINGS: settings.encode(),
        **{root / "templates" / path.name: path.read_bytes() for path in sorted((SHIPPED / language).glob("*.md"))},
    }
    if beginnings.people:
        wanted[root / PEOPLE] = beginnings.people.encode()
    if not (root / TICKETS).is_dir():
        # Git keeps no empty folder.
        wanted[root / TICKETS / ".gitkeep"] = b""
    return [(path, data) for path, data in wanted.items() if not os.path.lexists(path)] + _attributes(root)


def _attributes(root: Path) -> list[tuple[Path, bytes]]:
    """What git is told about the files of tickets, behind whatever stands there."""
    path = root / _ATTRIBUTES_FILE
    before = path.read_bytes() if path.is_file() else b""
    lines = _unsaid(before)
    glue = b"\n" if before and not before.endswith(b"\n") else b""
    return [(path, before + glue + b"".join(line + b"\n" for line in lines))] if lines else []


def _unsaid(attributes: bytes) -> list[bytes]:
    """The lines of ours that a `.gitattributes` lacks."""
    there = {line.strip() for line in attributes.splitlines()}
    return [line.encode() for line in ATTRIBUTES if line.encode() not in there]


def local_zone() -> str:
    """The name of this machine's time zone (TZ, then /etc/localtime); Europe/Paris where it has only UTC or none."""
    named = os.environ.get("TZ", "").removeprefix(":")
    target = os.path.realpath(_LOCALTIME) if _LOCALTIME.exists() else ""
    found = named or target.partition("zoneinfo/")[2]
    return found if "/" in found and not found.startswith(("Etc/", "/")) else _FALLBACK_ZONE
