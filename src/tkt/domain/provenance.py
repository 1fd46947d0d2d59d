"""Whether an entry may be what it says: written by who committed it, and about when it was committed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tkt.domain.author import is_by_rule
from tkt.domain.consistency import Discrepancy
from tkt.domain.duration import write_duration
from tkt.domain.entry import Entry
from tkt.domain.instant import write_instant
from tkt.domain.person import Person
from tkt.domain.redaction import place_of
from tkt.domain.settings import Agent, Settings
from tkt.language import _

# How far the clocks of two machines may be apart, and how long a commit may take.
SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a commit says of itself: its author, the author's date, whom its `Entry-By` name, whether its clock was
    frozen (`Clock: frozen`: then its date is the frozen one, and the entries may be of any time before).
    """

    author: Person
    at: datetime
    entry_by: tuple[Person, ...] = ()
    frozen: bool = False

    def vouches_for(self, entries: Iterable[Entry]) -> bool:
        """Whether nothing needs a closer look: every entry is by a name that the commit names, and of its moment."""
        names = {self.author.name, *(one.name for one in self.entry_by)}
        return all(entry.author in names and abs(entry.at - self.at) <= SKEW for entry in entries)


def doubts(origin: Origin, settings: Settings, new: Iterable[Entry], last: datetime | None) -> Iterator[Discrepancy]:
    """What is doubtful about the new entries of a commit, as the desk was set up in it.

    `last` is the instant of the newest entry that stood there before: an entry takes it where the clock of its
    machine was behind, so that is no time of its own.
    """
    known = _known(origin, settings.agents)
    for entry in new:
        if not (
            any(_is(entry.author, one) for one in known)
            or _recorded(entry, origin, settings.agents)
            # A rule has no commits of its own: whoever has it run commits what it writes.
            or is_by_rule(entry, settings.automatic_author)
        ):
            yield _foreign(origin, entry)
        if entry.at != last:
            yield from _too_late(origin, entry)
            yield from _too_early(origin, settings, entry)
            last = max(last, entry.at) if last else entry.at


def imported_doubts(origin: Origin, new: Iterable[Entry]) -> Iterator[Discrepancy]:
    """The same for a ticket that was imported: another system says who and when; but nothing of it is yet to come."""
    for entry in new:
        yield from _too_late(origin, entry)


def _known(origin: Origin, agents: Iterable[Agent]) -> list[Person]:
    """Whose entries a commit may hold: its author's, also under the name the desk has for them, and `Entry-By`'s."""
    return [origin.author, *_as_agents(origin.author, agents), *origin.entry_by]


def _as_agents(person: Person, agents: Iterable[Agent]) -> list[Person]:
    return [
        Person(one.name, one.email)
        for one in agents
        if _same(one.name, person.name) or (one.email and _same(one.email, person.email))
    ]


def _recorded(entry: Entry, origin: Origin, agents: Iterable[Agent]) -> bool:
    """Whether the entry itself says that the commit's author typed it for somebody else."""
    clerk = entry.value("recorded_by")
    return bool(clerk) and any(_is(clerk, one) for one in [origin.author, *_as_agents(origin.author, agents)])


def _is(author: str, person: Person) -> bool:
    """Whether an entry's author is that person: by the address where the entry has one, else by the name."""
    named = Person.parse(author)
    if named.email and person.email:
        return _same(named.email, person.email)
    # A heading cannot hold the separator of its parts, so a name that does is written with a hyphen in its place.
    return _same(named.name, person.name.replace(" · ", " - "))


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _foreign(origin: Origin, entry: Entry) -> Discrepancy:
    message = _("the entry of {place} is by {author}, and {committer} committed it without saying so")
    mend = _(
        "If {author} did write it, commit such entries with the trailer “Entry-By: {author}”; this one can only be "
        "confirmed, by a new entry of theirs."
    )
    words = {"place": place_of(entry), "author": entry.author, "committer": str(origin.author)}
    return Discrepancy("error", "author", message.format(**words), mend.format(**words), entry.line)


def _too_late(origin: Origin, entry: Entry) -> Iterator[Discrepancy]:
    if entry.at > origin.at + SKEW:
        message = _("the entry of {place} is later than its commit, of {date}")
        mend = _("Put the machine's clock right; say in a new entry when it was.")
        yield _of_time(message, origin, entry, mend)


def _too_early(origin: Origin, settings: Settings, entry: Entry) -> Iterator[Discrepancy]:
    limit = settings.backdate_limit
    if origin.frozen or entry.value("late") or entry.at >= origin.at - timedelta(seconds=limit) - SKEW:
        return
    message = _("the entry of {place} is more than {limit} older than its commit, of {date}, and does not say why")
    mend = _("Say in a new entry why it came so late; `--late WHY` says it from the start.")
    # Where commits are left to the person, a day's entries may well be committed in the evening.
    severity = "error" if settings.commit else "warning"
    yield _of_time(message, origin, entry, mend, severity=severity, limit=write_duration(limit))


def _of_time(
    message: str, origin: Origin, entry: Entry, mend: str, *, severity: str = "error", limit: str = ""
) -> Discrepancy:
    words = {"place": place_of(entry), "date": write_instant(origin.at), "limit": limit}
    return Discrepancy(severity, "time", message.format(**words), mend, entry.line)
