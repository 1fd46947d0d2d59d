"""One commit judged: what became of each ticket that it touched, held against every parent of the commit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tkt.domain.consistency import Discrepancy
from tkt.domain.finding import Finding
from tkt.domain.growth import Written
from tkt.git.audit.commit_changes import FileChange
from tkt.git.audit.lineage import Lineage
from tkt.git.audit.versions import Versions
from tkt.language import _
from tkt.store.ticket_version import TicketVersion
from tkt.store.version_growth import growth_of

# The files that differ from each parent in turn, by path.
Since = tuple[dict[str, FileChange], ...]


class Addition(NamedTuple):
    """The entries that a commit adds to a ticket, still to be held against what the commit says of itself."""

    path: str
    version: TicketVersion
    new: tuple[Written, ...]
    opened: bool


@dataclass(slots=True)
class Judged:
    """What was found in a commit, and what it adds."""

    findings: dict[Finding, None] = field(default_factory=dict)
    additions: list[Addition] = field(default_factory=list)

    def add(self, path: str, one: Discrepancy) -> None:
        """Keep, once, what is wrong with a file."""
        self.findings[Finding(path, one.line, one.severity, one.rule, one.message, one.mend)] = None


class Judge:
    """Judges commits in their order, so that a merge need not look again at what the commits before it made."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._lineage = Lineage()

    def wanted(self, since: Since) -> Iterator[str]:
        """The hashes of the versions that `judge` will look at, as far as can be told beforehand."""
        for changes in since:
            for one in changes.values():
                if not self._is_settled(since, one):
                    yield from (hash_ for hash_ in (one.old, one.new) if hash_)

    def judge(self, since: Since) -> Judged:
        """What a commit that differs so from its parents did that history does not allow."""
        judged = Judged()
        before: dict[str, list[TicketVersion | None]] = {}
        for changes in since:
            for path, version in self._of_parent(since, changes, judged):
                before.setdefault(path, []).append(version)
        for path, versions in before.items():
            self._judge_file(path, versions, since, judged)
        for one in (one for changes in since for one in changes.values()):
            if one.old and one.new:
                self._lineage.note(one.old, one.new)
        return judged

    def _is_settled(self, since: Since, one: FileChange) -> bool:
        """Whether a merge took from another parent a version that came of this one by commits which were judged."""
        taken = any(one.path not in changes for changes in since)
        return bool(taken and one.old and one.new and self._lineage.holds(one.old, one.new))

    def _of_parent(
        self, since: Since, changes: dict[str, FileChange], judged: Judged
    ) -> Iterator[tuple[str, TicketVersion | None]]:
        """The files that differ from one parent, each with what that parent had of its ticket, None for nothing."""
        gone: list[tuple[FileChange, TicketVersion]] = []
        come: list[FileChange] = []
        for one in changes.values():
            if self._is_settled(since, one):
                continue
            old, new = self._before(one, judged), self._after(one)
            if old is not None and new is not None and _is_same(old, new):
                yield one.path, old
                continue
            if old is not None:
                gone.append((one, old))
            if one.new and (not one.old or old is not None):
                come.append(one)
        yield from self._moved(gone, come, judged)

    def _moved(
        self, gone: list[tuple[FileChange, TicketVersion]], come: list[FileChange], judged: Judged
    ) -> Iterator[tuple[str, TicketVersion | None]]:
        """Find each ticket that left its file in the file that it went to; what is found nowhere is lost."""
        left, found = list(gone), dict[str, TicketVersion]()
        for same_file in (False, True):  # a uid says more than a place
            for one in come if left else ():
                new = self._after(one)
                here = [pair for pair in left if new and _came_of(pair[1], new, same_file and pair[0] is one)]
                if here and one.path not in found:
                    left.remove(here[0])
                    found[one.path] = here[0][1]
        yield from ((one.path, found.get(one.path)) for one in come)
        for one, old in left:
            if one.new and self._after(one) is None:
                continue  # told as a file that cannot be read
            message = _("the ticket of uid {uid} is gone").format(uid=old.uid or "?")
            mend = _("Put its file back as the commit before has it: a ticket is cancelled or closed, never deleted.")
            judged.add(one.path, Discrepancy("error", "ticket-lost", message, mend))

    def _before(self, one: FileChange, judged: Judged) -> TicketVersion | None:
        """What a parent had, None where it had nothing that can be read."""
        if not one.old:
            return None
        old = self._versions.get(one.old)
        if old is None:
            judged.add(one.path, _not_here(one.old))
        elif old.flaw is not None:
            message = _("the version before cannot be read: what became of its entries is not proven")
            judged.add(one.path, Discrepancy("warning", "unproven", message))
        return None if old is None or old.flaw else old

    def _after(self, one: FileChange) -> TicketVersion | None:
        """What stands there now, None where no ticket can be read."""
        new = self._versions.get(one.new) if one.new and one.ordinary else None
        return None if new is None or new.flaw else new

    def _judge_file(self, path: str, before: list[TicketVersion | None], since: Since, judged: Judged) -> None:
        taken = len(before) < len(since)
        known = [version for version in before if version is not None]
        if taken and not known:
            return
        one = next(changes[path] for changes in since if path in changes)
        new = self._after(one)
        if new is None:
            judged.add(path, self._unreadable(one))
            return
        growth = growth_of([*known, *([new] if taken else [])], new)
        for wrong in growth.wrong:
            judged.add(path, wrong)
        if growth.new:
            judged.additions.append(Addition(path, new, growth.new, opened=not known))

    def _unreadable(self, one: FileChange) -> Discrepancy:
        mend = _("Put the file back as the commit before has it, in a new commit.")
        if not one.ordinary:
            return Discrepancy("error", "unreadable", _("what stands here is no ordinary file"), mend)
        new = self._versions.get(one.new)
        if new is None:
            return _not_here(one.new)
        assert new.flaw is not None
        message = _("no ticket can be read here: {why}").format(why=new.flaw.message)
        return Discrepancy("error", "unreadable", message, mend, new.flaw.line)


def _is_same(old: TicketVersion, new: TicketVersion) -> bool:
    """Whether two versions of one file are of one ticket; one that lost its uid is told as such."""
    return old.uid == new.uid or not (old.uid and new.uid)


def _came_of(old: TicketVersion, new: TicketVersion, same_file: bool) -> bool:
    """Whether a file holds the ticket that another held; in the same file the first entry tells, whatever the uid."""
    if same_file:
        return [one.text for one in old.entries[:1]] == [one.text for one in new.entries[:1]] != []
    return bool(old.uid) and old.uid == new.uid


def _not_here(hash_: str) -> Discrepancy:
    message = _("the version {hash} is not in this clone, or is too large to be read: nothing is proven of it")
    mend = _("`git fetch --refetch --no-filter` fetches what a partial clone left out.")
    return Discrepancy("warning", "unproven", message.format(hash=hash_[:12]), mend)
