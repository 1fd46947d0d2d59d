"""Checking the desk: every ticket's file by itself, and all of them against each other and the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from tkt.desk.check_paths import files_among
from tkt.desk.desk import Desk
from tkt.desk.duplicates import Duplicates
from tkt.desk.listed_words import ListedWords
from tkt.desk.settings_lints import settings_lints
from tkt.domain.consistency import discrepancies
from tkt.domain.duration import BusinessDays
from tkt.domain.finding import Finding
from tkt.domain.identifier import is_id
from tkt.domain.quality import lapses
from tkt.domain.ticket import Ticket
from tkt.domain.words import LINK, did_you_mean
from tkt.errors import RuleRefuses, Unreadable
from tkt.language import _
from tkt.store.desk_folder import SETTINGS
from tkt.store.journal_text import bytes_of
from tkt.store.ticket_file import TicketFile
from tkt.store.ticket_tree import Found
from tkt.store.unreadable_ticket import UnreadableTicket

# Told how many files are done, and how many there are.
Progress = Callable[[int, int], None]
# Of the broken links of one ticket, those that are told.
_MOST_LINKS = 100
# Flaws of the journal's text: until they are mended, nobody knows what the journal says.
_JOURNAL_FLAWS = frozenset({"journal", "entry-heading", "change-value", "conflict-marker"})


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found, by path and line, and how many tickets' files it read."""

    findings: tuple[Finding, ...]
    files: int


def check(desk: Desk, paths: Sequence[Path] = (), *, progress: Progress | None = None) -> CheckReport:
    """Look at every file under `tickets/` and at the settings, or at those of `paths` (files and folders) only.

    Nothing that a file holds stops the check: it is a finding, and the next file's turn. Duplicates are looked for
    among the files that are checked. Raises NothingToCheck for a path that is absent or not the desk's.
    """
    files = files_among(desk.root, paths)
    checker = FileChecker(desk, ListedWords(desk.settings), Duplicates(), lambda one: desk.path(one).is_file())
    findings: list[Finding] = []
    for number, found in enumerate(files, 1):
        findings += checker.check(found)
        if progress:
            progress(number, len(files))
    findings += checker.duplicates.findings()
    findings += checker.uncounted.values()
    if not paths:
        findings += settings_lints(desk)
    return CheckReport(tuple(sorted(findings)), sum(bool(found.ticket_id) for found in files))


@dataclass(frozen=True, slots=True)
class FileChecker:
    """Looks at one file after the other, remembering what must be each ticket's own.

    `holds` says whether the desk has a ticket of that id. `uncounted` is what stood in the way of counting business
    days, by its words: the calendar is the desk's, and what it lacks is told once.
    """

    desk: Desk
    listed: ListedWords
    duplicates: Duplicates
    holds: Callable[[str], bool]
    uncounted: dict[str, Finding] = field(default_factory=dict)

    def check(self, found: Found) -> Iterator[Finding]:
        name = _printable(self.desk.name_of(found.path))
        if stray := _stray(found, name):
            yield stray
            return
        yield from self.misplaced(name, found.path, found.ticket_id)
        try:
            yield from self.check_file(TicketFile.of(name, found.path), found.ticket_id)
        except UnreadableTicket as error:
            yield error.finding

    def misplaced(self, name: str, path: Path, ticket_id: str) -> Iterator[Finding]:
        """Whether a ticket's file lies elsewhere than its id says."""
        if path != self.desk.path(ticket_id):
            place = _printable(self.desk.name_of(self.desk.path(ticket_id)))
            message = _("{id} lies in the wrong folder").format(id=ticket_id)
            yield Finding(name, 0, "error", "place", message, _("Move it to {path}.").format(path=place))

    def check_file(self, file: TicketFile, ticket_id: str) -> Iterator[Finding]:
        """What is wrong with a file that can be read, by itself."""
        form = list(file.findings())
        yield from form
        yield from _named_otherwise(file, ticket_id)
        self.duplicates.add(file)
        try:
            ticket = file.ticket
        except UnreadableTicket:
            return  # the form's findings say why
        yield from self.listed.findings(file, ticket)
        yield from islice(self._broken_links(file, ticket), _MOST_LINKS)
        if not _JOURNAL_FLAWS.intersection(finding.rule for finding in form):
            yield from _consistency(file, ticket)
            yield from self._quality(file, ticket)

    def _quality(self, file: TicketFile, ticket: Ticket) -> Iterator[Finding]:
        for lapse in lapses(ticket, self.desk.settings, self.desk.now, self._working_day_after):
            line = lapse.line or (file.line_of(lapse.key) if lapse.key else 0)
            yield Finding(file.path, line, "warning", lapse.rule, lapse.message, lapse.mend)

    def _working_day_after(self, start: datetime, days: BusinessDays) -> datetime | None:
        try:
            return self.desk.working_day_after(start, days)
        except (RuleRefuses, Unreadable) as error:
            message = _("business days cannot be counted: {why}").format(why=error)
            self.uncounted[message] = Finding(SETTINGS, 0, "warning", "calendar", message)
            return None

    def _broken_links(self, file: TicketFile, ticket: Ticket) -> Iterator[Finding]:
        for link in ticket.links:
            kind, _colon, target = link.partition(":")
            if kind not in LINK or not is_id(target):
                message = _("“{link}” is no link: kind:ticket is, such as related-to:INC0012345").format(link=link)
                message += "." + did_you_mean(kind, LINK.codes) if kind not in LINK else ""
            elif not self.holds(target):
                message = _("linked to {id}, which is not on this desk").format(id=target)
            else:
                continue
            mend = _("Put the ticket back, or the id right.")
            yield Finding(file.path, file.line_of("links"), "warning", "link", message, mend)


def _consistency(file: TicketFile, ticket: Ticket) -> Iterator[Finding]:
    for one in discrepancies(ticket, bytes_of):
        line = one.line or (file.line_of(one.key) if one.key else 0)
        yield Finding(file.path, line, one.severity, one.rule, one.message, one.mend)


def _stray(found: Found, name: str) -> Finding | None:
    """What is no ticket's file although it lies among them."""
    if found.trouble:
        message = _("cannot be read: {why}").format(why=found.trouble)
        return Finding(name, 0, "error", "file", message)
    if not found.ticket_id:
        message = _("looks like a ticket and is not named like one")
        mend = _("Name it after its id, such as INC0012345.md, or take it away.")
        return Finding(name, 0, "warning", "stray-file", message, mend)
    if not found.is_file:
        message = _("is no ordinary file; links are never followed")
        return Finding(name, 0, "error", "file", message, _("Put the ticket itself there."))
    return None


def _named_otherwise(file: TicketFile, ticket_id: str) -> Iterator[Finding]:
    stands = file.text.front_matter.fields.get("id", "")
    if stands and stands != ticket_id:
        message = _("the file is named after {name} and its id is “{id}”").format(name=ticket_id, id=stands)
        mend = _("Rename the file, or put the id right: an id never changes once it has been pushed.")
        yield Finding(file.path, file.line_of("id"), "error", "id", message, mend)


def _printable(name: str) -> str:
    """A path as text: a name on disk may be no UTF-8."""
    return name.encode(errors="surrogateescape").decode(errors="replace")
