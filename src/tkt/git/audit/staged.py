"""What is staged, checked as the commit that would come of it: each file by itself, and against its parents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tkt.desk.checking import CheckReport, FileChecker
from tkt.desk.desk import Desk
from tkt.desk.duplicates import Duplicates
from tkt.desk.listed_words import ListedWords
from tkt.desk.recording import NoRecorder
from tkt.domain.finding import Finding
from tkt.domain.settings import Settings
from tkt.git.audit.commit_changes import FileChange, desk_of, files_told
from tkt.git.audit.judging import Judge
from tkt.git.audit.versions import Versions
from tkt.git.blobs import read_blobs
from tkt.git.command import Git
from tkt.git.repository import Repository
from tkt.store.desk_folder import SETTINGS
from tkt.store.settings.settings import BadSettings, parse_settings
from tkt.store.ticket_file import TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket

Clock = Callable[[ZoneInfo], datetime]


def check_staged(repository: Repository, clock: Clock) -> CheckReport:
    """Check the tickets of the index that are not as in the last commit, and the settings of their desks.

    A merge under way is held against every parent. Who wrote an entry and when is not looked at: the commit, which
    would say it, is not there yet.
    """
    git = Git(repository.top, index=_index_at_commit(repository))
    since = tuple(_since(git, parent) for parent in _parents(repository))
    versions = Versions(git)
    judge = Judge(versions)
    versions.load(judge.wanted(since))
    findings = list(judge.judge(since).findings)
    changed = {one.path: one for changes in since for one in changes.values() if one.new}
    known = {(one.path, one.line) for one in findings}
    for folder in sorted({desk_of(path) or "" for path in changed}):
        desk = _Staged(repository.top, git, folder, clock)
        found = [
            *desk.problems,
            *desk.check([one for path, one in changed.items() if desk_of(path) == folder], versions),
        ]
        findings += (one for one in found if (one.path, one.line) not in known)
    return CheckReport(tuple(sorted(findings)), len(changed))


def _parents(repository: Repository) -> list[str]:
    """The parents of the commit to come: the last one, and those of a merge under way."""
    if not repository.has_commits():
        return [""]
    merging = repository.git_dir / "MERGE_HEAD"
    heads = merging.read_text(encoding="ascii").split() if merging.is_file() else []
    return ["HEAD", *heads]


def _index_at_commit(repository: Repository) -> Path | None:
    """The index of the commit that runs us as its hook: of some files only, it has one of its own for them."""
    named = os.environ.get("GIT_INDEX_FILE")
    index = Path(os.path.realpath(named)) if named else None
    return index if index and index.parent == repository.git_dir.resolve() else None


def _since(git: Git, parent: str) -> dict[str, FileChange]:
    """The tickets' files of the index that differ from those of a commit, or from none."""
    commit = parent or git.read("hash-object", "-t", "tree", "--stdin").text.strip()
    wanted = ("diff-index", "--cached", "-r", "-z", "--raw", "--no-abbrev", "--no-renames", commit, "--")
    return files_told(git.read(*wanted).fields)


class _Staged:
    """One desk of the index."""

    def __init__(self, top: Path, git: Git, folder: str, clock: Clock) -> None:
        self.problems: list[Finding] = []
        settings = self._settings(git, folder)
        root = Path(top, folder)
        self._top = top
        desk = Desk(root, settings, lambda: NoRecorder(root), clock(settings.timezone))
        self._checker = FileChecker(desk, ListedWords(settings), Duplicates(), lambda one: desk.path(one).is_file())

    def _settings(self, git: Git, folder: str) -> Settings:
        (data,) = read_blobs(git, [f":{folder}{SETTINGS}"])
        try:
            return parse_settings(SETTINGS, data or b"")
        except BadSettings as bad:
            self.problems += (one._replace(path=f"{folder}{one.path}") for one in bad.problems)
            return Settings()

    def check(self, changed: list[FileChange], versions: Versions) -> Iterator[Finding]:
        for one in changed:
            version = versions.get(one.new) if one.ordinary else None
            ticket_id = Path(one.path).stem
            yield from self._checker.misplaced(one.path, self._top / one.path, ticket_id)
            try:
                if version is not None:
                    yield from self._checker.check_file(TicketFile.parse(one.path, version.data), ticket_id)
            except UnreadableTicket:
                continue  # told as what became of the ticket
        yield from self._checker.duplicates.findings()
