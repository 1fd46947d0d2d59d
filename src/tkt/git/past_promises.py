"""What a desk's settings promised in each commit that touched them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tkt.domain.past_promises import Change
from tkt.domain.promises import Promises, facts_of
from tkt.git.blobs import read_blobs
from tkt.git.history import read_date
from tkt.git.repository import Repository
from tkt.store.desk_folder import SETTINGS, TICKETS
from tkt.store.settings.holidays_file import FOLDER, file_name
from tkt.store.settings.promised_text import PastTexts

_PARTS = ("%H", "%P", "%p", "%cd")


class _Commit(NamedTuple):
    hash: str
    parents: list[str]
    first_parent: str
    date: str


def changes_of_promises(repository: Repository, root: Path, zone: ZoneInfo, regions: Sequence[str]) -> list[Change]:
    """What each commit up to HEAD made of the settings of the desk in `root` and of the holidays of some regions,
    oldest first, the day of each being that of `zone`; a commit that left alone what judges tickets is not among them.

    A state of the settings that cannot be read is passed over. Raises GitFailed where git has not got all of it.
    """
    if not repository.has_commits():
        return []
    folder = repository.names([root / SETTINGS])[0].removesuffix(SETTINGS)
    found = []
    commits = _commits(repository, [folder + SETTINGS, folder + FOLDER])
    for commit, promises in zip(commits, _promises(repository, commits, folder, regions), strict=True):
        after, *before = promises
        known = [facts_of(one) for one in before if one]
        if after is None or len(known) < len(before) or after in before:
            continue
        judged = bool(before) and _held_tickets(repository, commit.parents, folder + TICKETS)
        day = read_date(commit.date).astimezone(zone).date()
        found.append(Change(day, commit.first_parent, known, facts_of(after), judged))
    return found


def head_of(repository: Repository) -> str:
    """How git abbreviates the commit that is checked out, "" where there is none."""
    return repository.git.ask("rev-parse", "--short", "--verify", "--quiet", "HEAD").text.strip()


def _commits(repository: Repository, paths: Sequence[str]) -> list[_Commit]:
    fields = repository.git.read(
        *("log", "-z", "--full-history", "--date-order", "--reverse", "--no-show-signature", "--date=raw"),
        *(f"--format={'%x00'.join(_PARTS)}", "--", *paths),
    ).fields
    in_turn = iter(fields)
    commits = zip(*[in_turn] * len(_PARTS), strict=True)
    return [_Commit(hash_, parents.split(), short.partition(" ")[0], date) for hash_, parents, short, date in commits]


def _promises(
    repository: Repository, commits: Sequence[_Commit], folder: str, regions: Sequence[str]
) -> Iterator[list[Promises | None]]:
    """What stood in each commit, and behind it in each of its parents."""
    files = [SETTINGS, *(file_name(region) for region in regions)]
    states = [[commit.hash, *commit.parents] for commit in commits]
    names = [f"{state}:{folder}{file}" for some in states for state in some for file in files]
    contents, texts = read_blobs(repository.git, names), PastTexts()
    for some in states:
        stood = [list(islice(contents, len(files))) for _state in some]
        yield [texts.promises(one[0], dict(zip(regions, one[1:], strict=True))) for one in stood]


def _held_tickets(repository: Repository, commits: Sequence[str], folder: str) -> bool:
    """Whether a ticket lay in a folder in any of some commits."""
    listed = (repository.git.read("ls-tree", "-z", "--name-only", one, "--", f"{folder}/").fields for one in commits)
    return any(not name.endswith("/.gitkeep") for names in listed for name in names)
