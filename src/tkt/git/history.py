"""The commits of one ticket's file: who recorded what, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from tkt.domain.person import Person
from tkt.domain.personal_data import Commits
from tkt.git.command import GitFailed
from tkt.git.repository import Repository

_TRAILERS = ("Ticket", "Transition", "Entry-By", "Clock")
_KEYS = ",".join(f"key={key}" for key in _TRAILERS)
_PARTS = ("%H", "%h", "%an", "%ae", "%ad", "%s", f"%(trailers:only,unfold,{_KEYS})")


@dataclass(frozen=True, slots=True)
class TicketCommit:
    """One commit that touched a ticket. Its words are as anyone may have written them: clean them before they show.

    `trailers` holds, in order, the ones that tkt writes: Ticket, Transition, Entry-By, Clock; of a commit of several
    tickets only what it says of this one.
    """

    hash: str
    abbreviated: str
    author: Person
    at: datetime
    subject: str
    trailers: tuple[tuple[str, str], ...] = ()

    def trailer(self, key: str) -> str:
        """The last value of a trailer, "" where there is none."""
        return next((value for name, value in reversed(self.trailers) if name.lower() == key.lower()), "")


def ticket_commits(repository: Repository, path: Path) -> list[TicketCommit]:
    """The commits that touched `path`, the newest last; none where the file was never committed."""
    answer = repository.git.ask(
        "log",
        "-z",
        "--reverse",
        "--no-show-signature",
        "--encoding=UTF-8",
        "--date=raw",
        f"--format={'%x00'.join(_PARTS)}",
        "--",
        *repository.names([path]),
    )
    if answer.status:
        if not repository.has_commits():
            return []
        raise GitFailed("log", answer)
    return list(_parsed(answer.fields, path.stem))


def commits_by(repository: Repository, emails: Sequence[str]) -> Commits | None:
    """The commits up to HEAD whose author has one of these addresses; None where there are none."""
    wanted = {email.casefold() for email in emails}
    if not wanted or not repository.has_commits():
        return None
    form = "--format=%ae%x00%ad"
    fields = iter(repository.git.read("log", "-z", "--no-show-signature", "--date=raw", form).fields)
    dates = [read_date(date) for email, date in zip(fields, fields, strict=True) if email.casefold() in wanted]
    return Commits(len(dates), min(dates), max(dates)) if dates else None


def _parsed(fields: list[str], ticket_id: str) -> Iterator[TicketCommit]:
    in_turn = iter(fields)
    commits = zip(*[in_turn] * len(_PARTS), strict=True)
    for hash_, abbreviated, name, email, date, subject, trailers in commits:
        said = tuple(_said_of(ticket_id, _pairs(trailers)))
        yield TicketCommit(hash_, abbreviated, Person(name, email), read_date(date), subject, said)


def _said_of(ticket_id: str, trailers: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """A commit of several tickets says of each, behind its `Ticket:`, what moved and who spoke; the rest is of all."""
    subject = ticket_id
    for key, value in trailers:
        if key == "Ticket":
            subject = value
        if subject == ticket_id or key not in ("Transition", "Entry-By"):
            yield key, value


def _pairs(trailers: str) -> Iterator[tuple[str, str]]:
    for line in trailers.split("\n"):
        key, colon, value = line.partition(":")
        if colon:
            yield key, value.strip()


def read_date(raw: str) -> datetime:
    """Git's `seconds +hhmm`. A commit may hold any number there: one that is no date is the beginning of 1970."""
    seconds, _space, offset = raw.partition(" ")
    try:
        minutes = int(offset[1:3]) * 60 + int(offset[3:5])
        zone = timezone(timedelta(minutes=-minutes if offset.startswith("-") else minutes))
        at = datetime.fromtimestamp(int(seconds), zone)
        # At the ends of the calendar no other zone can be told.
        return at if datetime.min.year < at.year < datetime.max.year else datetime.fromtimestamp(0, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
