"""Seals in git: annotated tags, read with their signatures, made, and replaced without losing the one before."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from tkt.domain.person import Person
from tkt.errors import RuleRefuses
from tkt.git.blobs import read_sized
from tkt.git.command import Git, GitFailed
from tkt.git.history import read_date
from tkt.git.repository import Repository
from tkt.language import _, ngettext
from tkt.presentation.safe_text import one_line
from tkt.store.desk_folder import SETTINGS, TICKETS
from tkt.store.settings.holidays_file import FOLDER

_TAGS = "refs/tags/"
_MONTH = re.compile(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])")
_HEADER = re.compile(r"(?P<key>object|tag|tagger) (?P<value>[^\n]*)\n|[a-z]+ [^\n]*\n")
_TAGGER = re.compile(r"(?P<name>.*?) ?<(?P<email>[^<>]*)> (?P<date>.*)")
_SIGNATURE = re.compile(r"^-----BEGIN (?:PGP|SSH|SIGNED) (?:SIGNATURE|MESSAGE)-----$", re.MULTILINE)
# Many times what a month's figures take.
_LARGEST = 1024 * 1024


class NotCommitted(RuleRefuses):
    """A desk that is not what its last commit says: a seal would be of something else than what lies there."""


class SealTag(NamedTuple):
    """A tag of the name of a seal: the commit it is on, and its message without the signature behind it.

    A tag that is no annotated one has no message, and is on what it names.
    """

    month: str
    name: str
    object: str
    commit: str
    by: Person
    at: datetime
    message: str
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Seals:
    """The seals of the desk in one folder of a repository (from the top, with a slash at its end; "" for the top)."""

    repository: Repository
    folder: str

    @classmethod
    def of(cls, repository: Repository, root: Path) -> Seals:
        """The seals of the desk in `root`."""
        return cls(repository, repository.names([root / SETTINGS])[0].removesuffix(SETTINGS))

    def name(self, month: str) -> str:
        """The tag of a month: `tkt/seal/2026-01`; of a desk that lies in a folder, with that in between."""
        return f"tkt/seal/{_in_a_ref(self.folder)}{month}"

    def all(self) -> list[SealTag]:
        """Every seal of the desk, the earliest month first."""
        listed = self._listed(self.name(""))
        months = [(name.removeprefix(self.name("")), object_, size) for name, object_, size in listed]
        kept = [one for one in months if _MONTH.fullmatch(one[0])]
        git = Git(self.repository.top, as_stored=True)
        read = read_sized(git, [("" if size > _LARGEST else object_, size) for _month, object_, size in kept])
        return [self._tag(month, object_, data) for (month, object_, _size), data in zip(kept, read, strict=True)]

    def _listed(self, prefix: str) -> Iterator[tuple[str, str, int]]:
        """(name, object, its size) of each tag below a name that ends with a slash, by name."""
        form = "--format=%(refname)%00%(objectname)%00%(objectsize)"
        for line in self.repository.git.read("for-each-ref", form, _TAGS + prefix).text.splitlines():
            name, object_, size = line.split("\0")
            yield name.removeprefix(_TAGS), object_, int(size)

    def _tag(self, month: str, object_: str, data: bytes | None) -> SealTag:
        headers, body = _parted((data or b"").decode(errors="replace"))
        tagger = _TAGGER.fullmatch(headers.get("tagger", ""))
        by = Person(tagger["name"], tagger["email"]) if tagger else Person("")
        at = read_date(tagger["date"]) if tagger else datetime.fromtimestamp(0, UTC)
        signature = _SIGNATURE.search(body)
        # What was tagged under another name was not said of this month.
        message = (
            body[: signature.start() if signature else len(body)] if headers.get("tag") == self.name(month) else ""
        )
        commit = headers.get("object", object_)
        return SealTag(month, self.name(month), object_, commit, by, at, message, signature is not None)

    def make(self, month: str, commit: str, message: str, *, sign: bool | None, replaced: str = "") -> None:
        """Tag a commit, signed or not as `sign` says, or where it is None git's own settings.

        The object of the seal that is `replaced` is kept under a tag of its own. Raises GitFailed.
        """
        kept = self._keep(month, replaced) if replaced else ""
        signed = {None: [], True: ["--sign"], False: ["--no-sign"]}[sign]
        options = [*signed, *(["--force"] if replaced else []), "--cleanup=verbatim", "--file=-"]
        answer = self.repository.git.act("tag", *options, "--", self.name(month), commit, stdin=message.encode())
        if answer.status:
            if kept:
                self.repository.git.act("update-ref", "-d", kept, replaced)
            raise GitFailed("tag", answer)

    def _keep(self, month: str, object_: str) -> str:
        """The reference under which the object of a seal stays when the seal is replaced."""
        prefix = f"tkt/replaced-seal/{_in_a_ref(self.folder)}{month}/"
        taken = [name.removeprefix(prefix) for name, _object, _size in self._listed(prefix)]
        number = max([int(one) for one in taken if one.isascii() and one.isdigit()], default=0) + 1
        kept = f"{_TAGS}{prefix}{number}"
        answer = self.repository.git.act("update-ref", "-m", "tkt seal", kept, object_, "")
        if answer.status:
            raise GitFailed("update-ref", answer)
        return kept

    def fault_of_signature(self, tag: str) -> str:
        """What git says against the signature of a tag's object, "" where it is good."""
        answer = self.repository.git.ask("verify-tag", "--", tag)
        words = " ".join(one_line(answer.words).split())
        return "" if answer.status == 0 else words or _("git says no more of it")

    def is_on_a_branch(self, commit: str) -> bool:
        """Whether HEAD or any branch still holds a commit."""
        git = self.repository.git
        if git.ask("merge-base", "--is-ancestor", commit, "HEAD").status == 0:
            return True
        branches = ("refs/heads/", "refs/remotes/")
        return bool(git.ask("for-each-ref", "--count=1", f"--contains={commit}", *branches).text.strip())


def require_committed(repository: Repository, root: Path) -> None:
    """Refuse a desk of which a ticket, the settings or the holidays are not as HEAD has them; raises NotCommitted."""
    paths = repository.names([root / SETTINGS, root / TICKETS, root / FOLDER])
    form = ("--porcelain", "-z", "--no-renames", "--untracked-files=all")
    changed = repository.git.read("status", *form, "--", *paths).fields
    if changed:
        message = ngettext(
            "{count} file is not as it was committed ({path}): commit it or put it back, then seal.",
            "{count} files are not as they were committed ({path}, …): commit them or put them back, then seal.",
            len(changed),
        )
        raise NotCommitted(message.format(count=len(changed), path=one_line(changed[0][3:])))


def _parted(text: str) -> tuple[dict[str, str], str]:
    """The headers of a tag's object by their keys, and its body; nothing where it is no tag's."""
    headers: dict[str, str] = {}
    at = 0
    while header := _HEADER.match(text, at):
        at = header.end()
        if header["key"]:
            headers.setdefault(header["key"], header["value"])
    return (headers, text[at + 1 :]) if {"object", "tag"} <= headers.keys() else ({}, "")


def _in_a_ref(folder: str) -> str:
    """A folder as a part of a reference's name, in which not every character may stand."""
    return quote(os.fsencode(folder), safe="/").replace(".", "%2E").replace("~", "%7E")
