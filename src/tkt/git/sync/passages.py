"""Which tickets differ between commits, and how: what came in, what went out, what only this clone has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tkt.desk.desk import Desk
from tkt.domain.concurrency import unsettled
from tkt.domain.exchange import Passage, Waiting
from tkt.domain.ticket import Ticket
from tkt.git.comparing import Commit, CommitRange, changed_files
from tkt.git.repository import Repository
from tkt.store.desk_folder import id_at
from tkt.store.ticket_file import TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket

# When two commits were made is nothing to their difference.
_WHENEVER = datetime.fromtimestamp(0, UTC)


class Versions(NamedTuple):
    """A ticket's file on either side of a comparison; None where there is none."""

    id: str
    before: bytes | None
    after: bytes | None

    @property
    def uid(self) -> str:
        """The uid that it has afterwards, "" where it cannot be read."""
        ticket = _ticket(self.id, self.after)
        return ticket.get("uid") if ticket else ""


def ticket_versions(repository: Repository, tickets: Path, old: str, new: str) -> list[Versions]:
    """Every ticket of a desk that two commits do not hold alike; none where one of the commits is ""."""
    if not old or not new or old == new:
        return []

    def id_of(path: str) -> str | None:
        return id_at(tickets.parent, tickets / path)

    between = CommitRange(Commit(old, _WHENEVER), Commit(new, _WHENEVER))
    changed = changed_files(repository, between, tickets, lambda path: id_of(path) is not None)
    return [Versions(found, one.before, one.after) for one in changed if (found := id_of(one.path))]


def passages(versions: Iterable[Versions]) -> Iterator[Passage]:
    """What became of each ticket; one that is gone afterwards is left out."""
    for one in versions:
        before, after = _ticket(one.id, one.before), _ticket(one.id, one.after)
        if one.after is not None:
            readable = after is not None and (before is not None or one.before is None)
            told = len(after.entries) - (len(before.entries) if before else 0) if after and readable else None
            yield Passage(
                one.id,
                after.title if after else "",
                before.state if before else "",
                after.state if after else "",
                told,
            )


def waiting(repository: Repository, tickets: Path, seen: str, head: str = "HEAD") -> Waiting:
    """What `head` holds and `seen` ("" for nothing) does not."""
    git = repository.git
    if not seen:
        return Waiting(int(git.read("rev-list", "--count", head).text))
    name = repository.names([tickets])[0]
    changed = git.read(
        "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", f"{seen}...{head}", "--", name
    ).fields
    found = (id_at(tickets.parent, tickets.parent / one[len(name) - len(tickets.name) :]) for one in changed)
    return Waiting(
        int(git.read("rev-list", "--count", f"{seen}..{head}").text), tuple(sorted(one for one in found if one))
    )


def to_settle(desk: Desk, ids: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Those of the tickets in which two people moved fields without seeing each other, with these fields."""
    for ticket_id in sorted(ids):
        with suppress(UnreadableTicket):
            fields = tuple(one.key for one in unsettled(desk.load(ticket_id).ticket))
            if fields:
                yield ticket_id, fields


def merge_base(repository: Repository, one: str, other: str) -> str:
    """The commit that two last had in common, "" where there is none."""
    return repository.git.ask("merge-base", one, other).text.strip() if one and other else ""


def _ticket(ticket_id: str, data: bytes | None) -> Ticket | None:
    with suppress(UnreadableTicket):
        return TicketFile.parse(ticket_id, data).ticket if data is not None else None
    return None
