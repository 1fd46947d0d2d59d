"""What a redaction makes of a ticket's attachments: texts lose words, other files their whole content, files a name."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tkt.domain.redaction import MARKER
from tkt.domain.sought import Sought
from tkt.domain.words import did_you_mean
from tkt.errors import NoSuchThing, Unreadable
from tkt.language import _, reason_of
from tkt.store.bounded_file import read_descriptor
from tkt.store.desk_folder import attachment_folder, require_inside

# What stands in the place of a content that goes as a whole.
GONE = f"{MARKER}\n".encode()
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_AS_IT_IS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_LARGEST = 256 * 1024 * 1024
_ENCODINGS = ("utf-8", "cp1252", "utf-16-le", "utf-16-be")


class NoSuchAttachment(NoSuchThing):
    """The ticket has no attachment of that name."""


class RedactedAttachment(NamedTuple):
    """An attachment as it was and as it will be. Names are relative to the ticket's folder of attachments."""

    name: str
    new_name: str
    path: Path
    goal: Path
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Attachments:
    """What a redaction changes, and the names of the files in which no words can be looked for."""

    changed: tuple[RedactedAttachment, ...]
    unsearched: tuple[str, ...]

    @property
    def names(self) -> dict[str, tuple[str, bool]]:
        """The new name of each that changes, and whether its content does."""
        return {one.name: (one.new_name, one.before != one.after) for one in self.changed}


def redacted_attachments(root: Path, ticket_id: str, sought: Sought, named: Sequence[str]) -> Attachments:
    """What becomes of a ticket's attachments; those `named` lose their content whatever it is.

    Links are never followed. Raises NoSuchAttachment, and Unreadable where a file or the folder cannot be read.
    """
    folder = attachment_folder(root, ticket_id)
    require_inside(root, folder)
    files = dict(attachments_in(folder))
    _require_known(ticket_id, named, files)
    changed: list[RedactedAttachment] = []
    unsearched: list[str] = []
    taken = set(files)
    for name, path in files.items():
        before = read_attachment(path)
        after = GONE if name in named else _redacted(before, sought)
        new_name = _free_name(name, sought, taken)
        if (name, before) != (new_name, after):
            taken.add(new_name)
            changed.append(RedactedAttachment(name, new_name, path, folder / new_name, before, after))
        elif sought.texts and name not in named and not _is_text(before):
            unsearched.append(name)
    return Attachments(tuple(changed), tuple(unsearched))


def attachments_in(folder: Path, within: str = "") -> Iterator[tuple[str, Path]]:
    """The files in a folder of attachments and below, by name; links, and what is no ordinary file, are left aside."""
    try:
        with os.scandir(folder) as entries:
            inside = sorted(entries, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        raise Unreadable(_("{path} cannot be read: {why}.").format(path=folder, why=reason_of(error))) from error
    for entry in inside:
        if entry.is_dir(follow_symlinks=False):
            yield from attachments_in(folder / entry.name, f"{within}{entry.name}/")
        elif entry.is_file(follow_symlinks=False):
            yield within + entry.name, folder / entry.name


def read_attachment(path: Path) -> bytes:
    """A file's content, if it is still no link; raises Unreadable."""
    try:
        with open(os.open(path, _AS_IT_IS), "rb") as file:
            return read_descriptor(file.fileno(), _LARGEST)
    except OSError as error:
        raise Unreadable(_("{path} cannot be read: {why}.").format(path=path, why=reason_of(error))) from error


def _require_known(ticket_id: str, named: Sequence[str], files: dict[str, Path]) -> None:
    for name in named:
        if name not in files:
            message = _("{id} has no attachment “{name}”.").format(id=ticket_id, name=name)
            raise NoSuchAttachment(message + did_you_mean(name, files))


def _free_name(name: str, sought: Sought, taken: set[str]) -> str:
    """The name without what is sought; a marker stands for any text, so that several in a row make it free."""
    new_name = "/".join(sought.in_text(part) for part in name.split("/"))
    while new_name != name and new_name in taken:
        new_name = new_name.replace(MARKER, MARKER * 2, 1)
    return new_name


def _redacted(data: bytes, sought: Sought) -> bytes:
    wanted = Sought((*sought.texts, *(text.replace("\n", "\r\n") for text in sought.texts)))
    encoding, mark = _encoding(data)
    if encoding:
        text = data[len(mark) :].decode(encoding)
        redacted = wanted.in_text(text)
        # What cannot be decoded and encoded again without loss is left alone where nothing is found in it.
        return data if redacted == text else mark + redacted.encode(encoding)
    return GONE if any(one in data for one in _as_bytes(wanted.texts)) else data


def _is_text(data: bytes) -> bool:
    return bool(_encoding(data)[0])


def _encoding(data: bytes) -> tuple[str, bytes]:
    """In which encoding a file is text, and its byte order mark; "" where it is none."""
    mark = data[:2] if data[:2] in _UTF_16 else b""
    for encoding in (_UTF_16[mark],) if mark else ("utf-8", "cp1252"):
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(char < " " and char not in "\t\n\r\x0c\x1b" for char in text):
            return encoding, mark
    return "", b""


def _as_bytes(texts: Sequence[str]) -> Iterator[bytes]:
    for text in texts:
        for encoding in _ENCODINGS:
            try:
                yield text.encode(encoding)
            except UnicodeEncodeError:
                continue
