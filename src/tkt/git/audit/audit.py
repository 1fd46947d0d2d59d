"""History held against its rules: every commit of a range, every ticket it touched, every parent (docs/history.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from tkt.domain.consistency import Discrepancy
from tkt.domain.finding import Finding
from tkt.domain.provenance import doubts, imported_doubts
from tkt.domain.settings import Settings
from tkt.git.audit.commit_changes import BATCH, CommitChanges, changes, commits, desk_of, difference
from tkt.git.audit.elsewhere import Doubt, unexplained
from tkt.git.audit.judging import Addition, Judge
from tkt.git.audit.past import Past
from tkt.git.audit.past_settings import PastSettings
from tkt.git.audit.signatures import fault_of_signature
from tkt.git.audit.versions import Versions
from tkt.language import _

# Told how many commits are done, and how many there are.
Progress = Callable[[int, int], None]


class Audited(NamedTuple):
    """What was found in so many commits, in their order; `findings` bear the short names of their commits."""

    findings: tuple[Finding, ...]
    commits: int

    @property
    def is_proven(self) -> bool:
        """Whether every commit was looked at, and nothing is wrong with any."""
        return not any(one.severity == "error" or one.rule == "unproven" for one in self.findings)


def audit(
    past: Past,
    revisions: Sequence[str],
    *,
    require_signed: bool = False,
    rewritten: Sequence[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Audited:
    """Look at every commit that `revisions` mean (git's own words: options and ranges, see `past.range_of`).

    Of each pair in `rewritten`, what a branch was and what it is to be, the second is held against the first as if it
    were its parent: no commit of the range would show what was left out; "" for what is not in this clone.
    Raises UnknownRange.
    """
    count = past.count(revisions)
    auditor = _Auditor(past, require_signed)
    in_turn = changes(past, commits(past, revisions, signatures=require_signed) if count else ())
    done = 0
    for batch in _one_ahead(in_turn):
        auditor.look_at(batch)
        done += len(batch)
        if progress:
            progress(done, count)
    for old, new in rewritten:
        auditor.look_at_rewritten(old, new)
    return Audited(_named(past, auditor.findings()), done)


def _one_ahead(in_turn: Iterator[CommitChanges]) -> Iterator[list[CommitChanges]]:
    """The commits in batches, the next of which git tells while the last one is looked at."""
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(_next, in_turn)
        while batch := coming.result():
            coming = beside.submit(_next, in_turn)
            yield batch


def _next(in_turn: Iterator[CommitChanges]) -> list[CommitChanges]:
    return list(islice(in_turn, BATCH))


def _named(past: Past, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings with the short names of their commits."""
    names = past.abbreviated(one.commit for one in findings)
    return tuple(one._replace(commit=names[one.commit]) for one in findings)


@dataclass(slots=True)
class _Auditor:
    past: Past
    require_signed: bool
    versions: Versions = field(init=False)
    judge: Judge = field(init=False)
    cut_off: frozenset[str] = field(init=False)
    settings: PastSettings = field(init=False)
    found: list[Finding | Doubt] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.versions = Versions(self.past.git)
        self.judge = Judge(self.versions)
        self.settings = PastSettings(self.past.git)
        self.cut_off = self.past.cut_off()

    def findings(self) -> list[Finding]:
        """All that was found, but for entries that were only put back from where history has them."""
        return list(unexplained(self.past, self.versions, self.found))

    def look_at(self, batch: Sequence[CommitChanges]) -> None:
        """Judge commits, each behind its parents."""
        touching = [one for one in batch if any(one.since)]
        self.versions.load(hash_ for one in touching for hash_ in self.judge.wanted(one.since))
        additions: list[tuple[CommitChanges, Addition]] = []
        found: list[Finding | Doubt] = []
        for one in touching:
            if one.commit.hash in self.cut_off:
                found.append(_cut_off(one.commit.hash))
                continue
            judged = self.judge.judge(one.since)
            found += (finding._replace(commit=one.commit.hash) for finding in judged.findings)
            if self.require_signed and (fault := fault_of_signature(one.commit.signature)):
                found.append(_of_commit(one.commit.hash, fault))
            origin = one.commit.origin if judged.additions else None
            for added in judged.additions:
                if origin and not origin.vouches_for(entry.entry for entry in added.new):
                    additions.append((one, added))
        found += self._doubts(additions)
        places = {one.commit.hash: number for number, one in enumerate(batch)}
        self.found += sorted(found, key=lambda one: places[_finding(one).commit])
        self.versions.rest()

    def _doubts(self, additions: Sequence[tuple[CommitChanges, Addition]]) -> Iterator[Finding | Doubt]:
        settings = self.settings.of([(one.commit.hash, desk_of(added.path) or "") for one, added in additions])
        for (one, added), then in zip(additions, settings, strict=True):
            if then is None:
                message = _("the desk's settings are not in this clone: whose entries these are is not proven")
                yield Finding(added.path, 0, "warning", "unproven", message, commit=one.commit.hash)
            else:
                yield from _doubts(one, added, then)

    def look_at_rewritten(self, old: str, new: str) -> None:
        """Judge a branch that is no longer what came of `old`."""
        if not old:
            message = _(
                "the branch is overwritten, and what it holds there is not in this clone: nothing is proven of it"
            )
            self.found.append(_of_commit(new, Discrepancy("warning", "unproven", message, _("Fetch it first."))))
            return
        since = (difference(self.past, old, new),)
        self.found += (one._replace(commit=new) for one in Judge(self.versions).judge(since).findings)


def _doubts(one: CommitChanges, added: Addition, settings: Settings) -> Iterator[Doubt]:
    """What is doubtful about new entries, each with its text: it may stand in history elsewhere."""
    texts = {written.entry.line: written.text for written in added.new}
    entries = [written.entry for written in added.new]
    origin = one.commit.origin
    before = [written.entry.at for written in added.version.entries if written.entry.line not in texts]
    if added.opened and entries[0].value("source"):
        found = imported_doubts(origin, entries)
    else:
        found = doubts(origin, settings, entries, max(before, default=None))
    for doubt in found:
        finding = Finding(
            added.path, doubt.line, doubt.severity, doubt.rule, doubt.message, doubt.mend, one.commit.hash
        )
        yield Doubt(finding, texts[doubt.line])


def _finding(one: Finding | Doubt) -> Finding:
    return one if isinstance(one, Finding) else one.finding


def _cut_off(hash_: str) -> Finding:
    message = _("this clone is shallow and ends here: what came before, and what this commit changed, is not proven")
    mend = _("`git fetch --unshallow` fetches the rest.")
    return _of_commit(hash_, Discrepancy("warning", "unproven", message, mend))


def _of_commit(hash_: str, one: Discrepancy) -> Finding:
    return Finding("", 0, one.severity, one.rule, one.message, one.mend, hash_)
