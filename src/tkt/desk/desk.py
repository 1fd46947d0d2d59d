"""A desk: its folder, its settings, its recorder and the moment; and the tickets found by name on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tkt.domain.bounds import EVERYTHING, Bounds
from tkt.domain.duration import BusinessDays
from tkt.domain.identifier import is_id, make_id, new_uid, number_of, padded, read_number
from tkt.domain.instant import fixed
from tkt.domain.settings import FORMAT, Settings
from tkt.domain.ticket import Requester, Ticket
from tkt.errors import NoSuchThing, RuleRefuses
from tkt.language import _
from tkt.store import desk_folder
from tkt.store.unreadable_ticket import UnreadableTicket

if TYPE_CHECKING:
    from tkt.desk.acting import Actor
    from tkt.desk.recording import Recorder
    from tkt.service_level.agreements import Agreements
    from tkt.store.ticket_file import TicketFile


class UnknownTicket(NoSuchThing):
    """No ticket of that name."""


class AmbiguousTicket(NoSuchThing):
    """Several tickets of that number."""


class NewerFormat(RuleRefuses):
    """The desk was written by a newer tkt: it is read, never written."""


class Tickets(Protocol):
    """Where a desk's tickets are read from, where that is not file by file: an index, or a commit."""

    def within(self, desk: Desk, bounds: Bounds, unreadable: list[UnreadableTicket]) -> Iterator[Ticket]:
        """The tickets within some bounds, in the order of ids; what cannot be read is put aside, whatever it is."""

    def known_as(self, desk: Desk) -> str:
        """What names all that judges the desk's clocks, where it remembers what they showed; "" where it does not."""

    def keep(self) -> None:
        """Keep what was worked out of tickets meanwhile for the next time."""


@dataclass(frozen=True)
class Desk:
    """One desk at one moment. `now` is in the desk's zone; `frozen` says that it was given, not the clock's.

    `source` is where its tickets are read from, None for file by file. `looking_back`: they are seen as they stood at
    `now`, and those opened since are not there. `find_cache` finds a folder for what can be made again from the
    files, None where there is none.

    `clock` tells the time, where it goes on. `make_uid` gives a new ticket its uid; `progress` is told how far a
    reading of every ticket is (done, in all), `on_alias` that a ticket was found by a number that it had before (that
    one, the one it has now).
    """

    root: Path
    settings: Settings
    open_recorder: Callable[[], Recorder]
    now: datetime
    frozen: bool = False
    clock: Callable[[], datetime] | None = None
    make_uid: Callable[[], str] = new_uid
    progress: Callable[[int, int], None] | None = None
    on_alias: Callable[[str, str], None] | None = None
    source: Tickets | None = None
    looking_back: bool = False
    find_cache: Callable[[], Path | None] | None = None

    @cached_property
    def recorder(self) -> Recorder:
        """What records the writes; only asked for by what writes, or asks who is there."""
        return self.open_recorder()

    @cached_property
    def cache(self) -> Path | None:
        """A folder for what can be made again from the files; None where nothing is to be kept."""
        return self.find_cache() if self.find_cache else None

    @contextmanager
    def turn(self) -> Iterator[Desk]:
        """The desk while nobody else writes on it, at the moment when it was one's turn; not re-entrant.

        What is written is of that moment: a command may have waited for others, or for its person's editor. Raises
        DeskBusy after a bounded wait.
        """
        with self.recorder.lock():
            now = self.clock() if self.clock and not self.frozen else self.now
            yield replace(self, now=now, open_recorder=lambda: self.recorder)

    @property
    def frozen_at(self) -> datetime | None:
        """The given moment, None when the clock is real."""
        return self.now if self.frozen else None

    @cached_property
    def agreements(self) -> Agreements:
        """What its tickets are judged by: policies and calendars."""
        from tkt.service_level.agreements import Agreements

        return Agreements.of(self.settings, self.source.known_as(self) if self.source else "")

    def working_day_after(self, start: datetime, days: BusinessDays) -> datetime:
        """The same clock time in the desk's zone so many of its business days later: those on which the calendar of its
        settings opens, Monday to Friday without one. Raises what a calendar raises of days that it cannot know.
        """
        from tkt.service_level.business.business_time import working_day_after

        named = self.settings.calendar
        calendar = self.agreements.calendars.named(named) if named else None
        return fixed(working_day_after(calendar, start, days, self.settings.timezone))

    @cached_property
    def keyboard(self) -> Actor:
        """Who sits at the keyboard."""
        from tkt.desk.acting import identify

        return identify(self.recorder.identity(), self.settings.agents)

    def actor(self, name: str | None, requester: Requester | None = None) -> Actor:
        """The author of an entry: `--as NAME`, or whoever is at the keyboard."""
        from tkt.desk.acting import speak_as

        return speak_as(name, self.keyboard, self.settings.agents, requester) if name else self.keyboard

    def require_writable(self) -> None:
        """Raises NewerFormat when this tkt is too old for the desk."""
        if not self.settings.known_format:
            message = _("This desk is of format {theirs}; this tkt knows format {ours} and only reads it. Upgrade tkt.")
            raise NewerFormat(message.format(theirs=self.settings.format, ours=FORMAT))

    def path(self, ticket_id: str) -> Path:
        """Where a ticket's file stands."""
        return desk_folder.ticket_path(self.root, ticket_id)

    def name_of(self, path: Path) -> str:
        """A path as people see it: relative to the desk."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def load(self, ticket_id: str) -> TicketFile:
        """The file of a ticket by its full id; raises UnreadableTicket, and OutsideTheDesk behind a symbolic link."""
        from tkt.store.ticket_file import TicketFile  # here, since an index does without for nearly every ticket

        path = self.path(ticket_id)
        desk_folder.require_inside(self.root, path)
        return TicketFile.of(self.name_of(path), path)

    def find(self, reference: str) -> str:
        """The id that a person means: an id, a number under any prefix, or `@` for the last one touched.

        Raises UnknownTicket with the nearest offered, and AmbiguousTicket with the tickets listed.
        """
        if reference == "@":
            return self._last_touched()
        number = read_number(reference)
        if number is not None:
            return self._of_number(reference, number)
        wanted = padded(reference)
        if self._holds(wanted):
            return wanted
        now = self._of_alias(number_of(wanted), wanted[:3]) if is_id(wanted) else None
        if now is None:
            raise self._unknown(reference, wanted)
        return now

    def _holds(self, ticket_id: str) -> bool:
        """Whether a ticket of that full id is there; a link is none, since it may lead anywhere."""
        if not is_id(ticket_id):
            return False
        path = self.path(ticket_id)
        return path.is_file() and not path.is_symlink() and not path.parent.is_symlink()

    def find_all(self, references: Sequence[str]) -> list[str]:
        """The ids that people mean, each once, in order."""
        return list(dict.fromkeys(self.find(reference) for reference in references))

    def _last_touched(self) -> str:
        last = self.recorder.recall()
        if last is None or not self._holds(last):
            raise UnknownTicket(_("@ is the ticket you touched last: you have touched none here yet."))
        return last

    def _of_number(self, reference: str, number: int) -> str:
        found = sorted(desk_folder.ids_of_number(self.root, number))
        if len(found) == 1:
            return found[0]
        now = None if found else self._of_alias(number)
        if now is not None:
            return now
        raise self._ambiguous(number, found) if found else self._unknown(reference, make_id("INC", number))

    def _of_alias(self, number: int, prefix: str = "") -> str | None:
        """The ticket that had this number, under that prefix or any, before it was given another one; None for none."""
        from tkt.store.aliases import aliases_of_number

        found = {one: alias for alias, one in aliases_of_number(self.root, number) if alias.startswith(prefix)}
        if len(found) > 1:
            raise self._ambiguous(number, sorted(found))
        for ticket_id, alias in found.items():
            if self.on_alias:
                self.on_alias(alias, ticket_id)
            return ticket_id
        return None

    def _ambiguous(self, number: int, found: Sequence[str]) -> AmbiguousTicket:
        titles = "; ".join(f"{one} ({self._title(one)})" for one in found)
        return AmbiguousTicket(_("Number {number} is several tickets: {titles}.").format(number=number, titles=titles))

    def _title(self, ticket_id: str) -> str:
        try:
            return self.load(ticket_id).ticket.title
        except UnreadableTicket:
            return "?"

    def _unknown(self, reference: str, wanted: str) -> UnknownTicket:
        message = _("There is no ticket {id} on this desk.").format(id=reference)
        near = [one for one in _one_slip_away(wanted) if self._holds(one)][:3] if is_id(wanted) else []
        if near:
            message += " " + _("Did you mean {word}?").format(word=", ".join(near))
        return UnknownTicket(message)

    def tickets(
        self,
        on_unreadable: list[UnreadableTicket] | None = None,
        ids: Iterable[str] = (),
        bounds: Bounds = EVERYTHING,
    ) -> Iterator[Ticket]:
        """The tickets of the desk within some bounds, or those named, in the order of ids.

        What cannot be read is collected, and hides no other.
        """
        unreadable = [] if on_unreadable is None else on_unreadable
        named = tuple(ids)
        if self.looking_back:
            # Where a ticket stands now says little of where it stood; only its opening is behind it for good.
            at_any_time = Bounds(opened_by=self.now)
            seen = (one.as_of(self.now) for one in self._read(at_any_time, unreadable, named))
            yield from (one for one in seen if one is not None and (named or bounds.hold(one)))
        else:
            yield from self._read(bounds, unreadable, named)

    def _read(self, bounds: Bounds, unreadable: list[UnreadableTicket], named: tuple[str, ...]) -> Iterator[Ticket]:
        if self.source is not None and not named:
            yield from self.source.within(self, bounds, unreadable)
            return
        everyone = sorted(named or desk_folder.ids(self.root))
        yield from self.read_files(everyone, EVERYTHING if named else bounds, unreadable)

    def read_files(self, ids: Sequence[str], bounds: Bounds, unreadable: list[UnreadableTicket]) -> Iterator[Ticket]:
        """Of the tickets named those within some bounds, each from its file, whatever else knows them."""
        for number, ticket_id in enumerate(ids, 1):
            if self.progress:
                self.progress(number, len(ids))
            try:
                ticket = self.load(ticket_id).ticket
            except UnreadableTicket as error:
                unreadable.append(error)
                continue
            if bounds.hold(ticket):
                yield ticket


def _one_slip_away(ticket_id: str) -> Iterable[str]:
    """The ids that one slip of the finger away from `ticket_id` could have been meant, nearest number first."""
    prefix, digits = ticket_id[:3], ticket_id[3:]
    swapped = (digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1))
    replaced = (digits[:i] + d + digits[i + 1 :] for i in reversed(range(len(digits))) for d in "0123456789")
    dropped = (digits[:i] + digits[i + 1 :] for i in range(len(digits)))
    numbers = dict.fromkeys(int(one) for way in (swapped, replaced, dropped) for one in way if one)
    others = (make_id(other, int(digits)) for other in ("INC", "REQ", "PRB", "CHG") if other != prefix)
    return [*others, *(make_id(prefix, number) for number in numbers)]
