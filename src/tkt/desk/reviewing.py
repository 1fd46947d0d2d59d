"""Reviewing: what a range of commits did to the desk's tickets, each one's two versions held against each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Protocol

from tkt.desk.checking import FileChecker
from tkt.desk.desk import Desk
from tkt.desk.duplicates import Duplicates
from tkt.desk.listed_words import ListedWords
from tkt.desk.review_pairs import ABSENT, Pair, Version, Versions, paired
from tkt.domain.comparison import Comparison, compare
from tkt.domain.finding import Finding
from tkt.domain.growth import Growth, grown
from tkt.domain.identifier import is_id
from tkt.domain.instant import fixed
from tkt.domain.ticket import Ticket
from tkt.language import _
from tkt.service_level.reading import Clocks
from tkt.service_level.verdict import read_clocks
from tkt.store.ticket_version import written_entries


class Side(Protocol):
    """One of the two commits: its hash and its date."""

    @property
    def hash(self) -> str: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class ReviewedTicket:
    """What happened to one ticket from one side to the other.

    `what`: opened, changed, renumbered, vanished, or unreadable where the later version is no ticket. `clocks` are both
    sides' readings, None where there is no ticket to be judged. `findings` are those that only the later side has.
    `attachments` are names with added, changed or removed; `others`: sections that people write changed otherwise.
    """

    id: str
    path: str
    what: str
    comparison: Comparison
    clocks: tuple[Clocks | None, Clocks | None]
    findings: tuple[Finding, ...]
    attachments: tuple[tuple[str, str], ...] = ()
    others: bool = False

    @property
    def has_errors(self) -> bool:
        """Whether a rule is broken that was not before."""
        return any(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Review:
    """What a range did: the tickets that it broke a rule of first, then by id.

    `parted`: `base` is no ancestor of `head`, and what it alone has shows as lost.
    """

    base: Side
    head: Side
    tickets: tuple[ReviewedTicket, ...]
    parted: bool = False

    @property
    def has_errors(self) -> bool:
        """Whether a rule is broken that was not before."""
        return any(ticket.has_errors for ticket in self.tickets)


def review(
    desk: Desk, base: Side, head: Side, changed: Sequence[Versions], held: Callable[[Collection[Path]], set[Path]]
) -> Review:
    """Hold both sides of every changed ticket against each other. `held`: those of some paths that `head` has.

    Each side's clocks are read at its commit's date, so that a range tells the same for ever; both at `--now` where
    that is given. The rules are those of the desk as it lies on disk.
    """
    pairs = list(paired(desk, changed))
    reviewer = _Reviewer(desk, base.at, head.at, _checker(desk, head.at, pairs, held))
    attachments = _attachments(changed)
    tickets = [reviewer.reviewed(pair, attachments.pop(pair.id, ())) for pair in pairs]
    tickets += [
        reviewer.reviewed(Pair(ABSENT, ABSENT._replace(path=desk.name_of(desk.path(one)))), files)
        for one, files in attachments.items()
    ]
    return Review(base, head, tuple(sorted(tickets, key=lambda one: (not one.has_errors, one.id))))


def _checker(
    desk: Desk, at: datetime, pairs: Iterable[Pair], held: Callable[[Collection[Path]], set[Path]]
) -> FileChecker:
    """What looks at the files of both sides as a check does, with the tickets that the later side links to."""
    tickets = [version.ticket for pair in pairs for version in pair if version.ticket]
    linked = {link.partition(":")[2] for ticket in tickets for link in ticket.links}
    there = held([desk.path(one) for one in linked if is_id(one)]) if linked else set()
    now = desk.now if desk.frozen else fixed(at.astimezone(desk.settings.timezone))
    return FileChecker(
        replace(desk, now=now), ListedWords(desk.settings), Duplicates(), lambda one: desk.path(one) in there
    )


def _attachments(changed: Iterable[Versions]) -> dict[str, tuple[tuple[str, str], ...]]:
    """What became of the files beside each ticket, by its id."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in changed:
        _thousand, _slash, rest = one.path.partition("/")
        ticket_id, _slash, name = rest.partition("/")
        if name and is_id(ticket_id):
            what = "added" if one.before is None else "removed" if one.after is None else "changed"
            found[ticket_id].append((name, what))
    return {ticket_id: tuple(files) for ticket_id, files in found.items()}


@dataclass(frozen=True, slots=True)
class _Reviewer:
    desk: Desk
    base_at: datetime
    head_at: datetime
    checker: FileChecker

    def reviewed(self, pair: Pair, attachments: tuple[tuple[str, str], ...]) -> ReviewedTicket:
        growth = _growth(pair)
        compared = compare(pair.before.ticket, pair.after.ticket, [one.entry for one in growth.new])
        return ReviewedTicket(
            pair.id,
            pair.path,
            _what(pair),
            compared,
            (self._clocks(pair.before.ticket, self.base_at), self._clocks(pair.after.ticket, self.head_at)),
            tuple(sorted(self._findings(pair, growth))),
            attachments,
            _others(pair, compared),
        )

    def _clocks(self, ticket: Ticket | None, at: datetime) -> Clocks | None:
        if ticket is None:
            return None
        if self.desk.frozen:
            return read_clocks(ticket, self.desk.agreements, self.desk.now)
        # A commit's clock may run behind the one that stamped its entries.
        last = max([at, *(entry.at for entry in ticket.entries[-1:])])
        return read_clocks(ticket, self.desk.agreements, fixed(last.astimezone(self.desk.settings.timezone)))

    def _findings(self, pair: Pair, growth: Growth) -> Iterator[Finding]:
        known = Counter(finding[2:] for finding in self._found(pair.before))
        for finding in self._found(pair.after):
            if known[finding[2:]]:
                known[finding[2:]] -= 1
            else:
                yield finding
        for one in growth.wrong:
            yield Finding(pair.path, one.line, one.severity, one.rule, one.message, one.mend)
        yield from _losses(pair)

    def _found(self, version: Version) -> Iterator[Finding]:
        if version.trouble:
            yield version.trouble
        if version.file:
            yield from (
                finding
                for finding in self.checker.check_file(version.file, PurePosixPath(version.path).stem)
                if finding != version.trouble
            )


def _what(pair: Pair) -> str:
    if not pair.after.is_there:
        return "vanished" if pair.before.is_there else "changed"
    if pair.after.ticket is None:
        return "unreadable"
    if not pair.before.is_there:
        return "opened"
    return "renumbered" if pair.before.path != pair.after.path else "changed"


def _others(pair: Pair, compared: Comparison) -> bool:
    """Whether the sections that people write differ in what no comparison names."""
    if compared.texts or pair.before.file is None or pair.after.file is None:
        return False
    return pair.before.file.text.body != pair.after.file.text.body


def _growth(pair: Pair) -> Growth:
    """What became of the journal, where both versions have one (design.md, section 2: it only grows)."""
    texts = [version.file.text for version in pair if version.file and version.ticket]
    if len(texts) < len(pair):
        return Growth()
    before, after = (written_entries(text.journal, text.entries, text.journal_line) for text in texts)
    return grown([before], after)


def _losses(pair: Pair) -> Iterator[Finding]:
    """A ticket that is gone, and a number that is."""
    before, after = pair.before.ticket, pair.after.ticket
    if pair.before.is_there and not pair.after.is_there:
        message = _("the ticket is gone; tickets are never removed")
        yield Finding(pair.path, 0, "error", "vanished", message, _("Put it back: a ticket in error is cancelled."))
    if before and after and pair.before.path != pair.after.path and before.id not in after.aliases:
        message = _("the ticket was {id}, and its aliases do not say so").format(id=before.id)
        mend = _("Record it: an entry with “- aliases: +{id}”.").format(id=before.id)
        yield Finding(pair.path, 0, "error", "renumbered", message, mend)
