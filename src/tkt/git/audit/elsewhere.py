"""Entries that a commit only puts back: another commit before it wrote them, so who and when was judged there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tkt.domain.finding import Finding
from tkt.git.audit.past import Past
from tkt.git.audit.versions import Versions

# A history in which more is doubtful was not written by tkt, and each doubt is told as it is.
_MOST_FILES = 200


class Doubt(NamedTuple):
    """What is doubtful about an entry, and the entry's text."""

    finding: Finding
    text: str


def unexplained(past: Past, versions: Versions, found: Sequence[Finding | Doubt]) -> Iterator[Finding]:
    """The findings, and the doubts whose entries no commit before theirs holds, in the order given."""
    doubts = [one for one in found if isinstance(one, Doubt)]
    explained = _explained(past, versions, doubts)
    for one in found:
        if isinstance(one, Finding):
            yield one
        elif (one.finding.commit, one.finding.path, one.text) not in explained:
            yield one.finding


def _explained(past: Past, versions: Versions, doubts: Sequence[Doubt]) -> set[tuple[str, str, str]]:
    paths = list(dict.fromkeys(doubt.finding.path for doubt in doubts))
    if not paths or len(paths) > _MOST_FILES:
        return set()
    waiting = {(doubt.finding.commit, doubt.finding.path, doubt.text) for doubt in doubts}
    explained: set[tuple[str, str, str]] = set()
    begun: set[str] = set()
    for commit, path, hashes in _versions_of(past, paths, {doubt.finding.commit for doubt in doubts}):
        # Newest first: what a commit is told behind the doubtful one's was there without it.
        open_here = [one for one in waiting if one[1] == path and one[0] in begun and one[0] != commit]
        if open_here:
            texts = _texts_in(versions, hashes)
            explained |= {one for one in open_here if one[2] in texts}
            waiting -= explained
        begun.add(commit)
        if not waiting:
            break
    return explained


def _texts_in(versions: Versions, hashes: Iterable[str]) -> set[str]:
    read = (versions.get(one) for one in hashes)
    return {entry.text for version in read if version and not version.flaw for entry in version.entries}


def _versions_of(past: Past, paths: Sequence[str], tips: Iterable[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Every commit up to `tips` that changed one of the files, newest first: its hash, the path, the versions'."""
    fields = past.git.stream(
        *("log", "-z", "--topo-order", "--full-history", "-m", "--raw", "--no-abbrev", "--no-renames"),
        *("--no-show-signature", "--format=%H", *sorted(tips), "--", *paths),
    )
    commit = ""
    for field in fields:
        record = field.lstrip("\n")
        if not record.startswith(":"):
            commit = record or commit
            continue
        _mode, _new_mode, old, new, _status = record.split(" ")
        yield commit, next(fields), [one for one in (old, new) if one.strip("0")]
