"""What a review says of one ticket, line by line; what a ticket holds passes through the writer's own guard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol

from tkt.domain import words
from tkt.domain.comparison import Comparison
from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.domain.finding import Finding
from tkt.domain.keys import KEYS
from tkt.domain.person import Person
from tkt.language import _, ngettext, pgettext
from tkt.presentation import labels, phrases
from tkt.presentation.clocks import clock_phrases
from tkt.presentation.moves import lines_of
from tkt.service_level.reading import ClockReading, Clocks

MOST_ENTRIES = 5
MOST_FINDINGS = 10
_LONGEST = 160


class Reviewed(Protocol):
    """What happened to one ticket between two commits, whoever compared them."""

    @property
    def id(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def comparison(self) -> Comparison: ...
    @property
    def clocks(self) -> tuple[Clocks | None, Clocks | None]: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def attachments(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def others(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Writer:
    """How a review is written.

    `every`: nothing is left out. `said` shows what a ticket holds, `strong` its id and `alarm` an error; `head` begins
    a ticket, `item` each line below it.
    """

    zone: tzinfo
    every: bool
    said: Callable[[str], str]
    strong: Callable[[str], str]
    alarm: Callable[[str], str]
    head: str
    item: str


def block(ticket: Reviewed, writer: Writer) -> str:
    """A ticket's title and, below it, what happened to it."""
    lines = [
        *_standing(ticket, writer),
        *_attached(ticket, writer),
        *_entries(ticket, writer),
        *_broken(ticket, writer),
    ]
    return "\n".join([writer.head + _title(ticket, writer), *(writer.item + line for line in lines)])


def _title(ticket: Reviewed, writer: Writer) -> str:
    known = ticket.comparison.after or ticket.comparison.before
    parts = [writer.strong(ticket.id), writer.said(_short(known.title)) if known else "", _kind(ticket, writer)]
    return " · ".join(part for part in parts if part)


def _kind(ticket: Reviewed, writer: Writer) -> str:
    before = ticket.comparison.before
    if ticket.what == "renumbered" and before:
        return _("was {id}").format(id=writer.said(before.id))
    kinds = {
        "opened": pgettext("ticket", "opened"),
        "vanished": pgettext("ticket", "vanished"),
        "unreadable": pgettext("ticket", "unreadable"),
    }
    return kinds.get(ticket.what, "")


def _standing(ticket: Reviewed, writer: Writer) -> Iterator[str]:
    """How it stands now: of a new ticket in a line, of another what differs, then the clocks."""
    compared = ticket.comparison
    if compared.after and compared.before is None:
        opened = {key: compared.after.get(key) for key in ("state", "priority", "assignee", "level", "group")}
        values = (labels.value(key, value) for key, value in opened.items() if value)
        yield ", ".join(writer.said(_short(value)) for value in values)
    for change in compared.fields:
        if change.key not in ("id", "uid"):
            yield _field(change.key, _path(change, compared), writer)
    yield from (_members(change, writer) for change in compared.sets)
    if compared.texts or ticket.others:
        names = {"description": _("description rewritten"), "actions": _("actions rewritten")}
        yield ", ".join(
            [*(names[one] for one in compared.texts), *([_("other sections rewritten")] if ticket.others else [])]
        )
    yield from _clocks(ticket, writer)


def _path(change: FieldChange, compared: Comparison) -> list[str]:
    """The values from before to now; of the state also those that it went through."""
    between = [entry.value("state") for entry in compared.entries] if change.key == "state" else []
    path = [change.old, *(state for state in between if state)]
    return path if path[-1] == change.new else [*path, change.new]


def _field(key: str, path: Sequence[str], writer: Writer) -> str:
    sides = (writer.said(_short(labels.value(key, side))) or pgettext("value", "none") for side in path)
    name = labels.field(key)
    shown = name if key in KEYS else writer.said(name)
    return _("{field}: {change}").format(field=shown, change=" → ".join(sides))


def _members(change: SetChange, writer: Writer) -> str:
    shown = labels.link if change.key == "links" else str
    members = [*(f"+{shown(one)}" for one in change.added), *(f"-{shown(one)}" for one in change.removed)]
    return _("{field}: {change}").format(field=labels.field(change.key), change=writer.said(_short(" ".join(members))))


def _clocks(ticket: Reviewed, writer: Writer) -> Iterator[str]:
    before, after = ticket.clocks
    if after is None:
        return
    for reading in after:
        was = next((one for one in before or () if one.clock == reading.clock), None)
        now, then = _reading(reading, writer.zone), _reading(was, writer.zone) if was else ""
        if now != then:
            shown = f"{then} → {now}" if then else now
            yield _("{field}: {change}").format(field=words.CLOCK.label(reading.clock), change=shown)


def _reading(reading: ClockReading, zone: tzinfo) -> str:
    """`running (due 2026-01-16 09:15)`: what does not differ from one moment to the next of an untouched ticket."""
    verdict = clock_phrases.verdict(reading)
    if reading.due is None:
        return verdict
    due = _("due {instant}").format(instant=phrases.date_time(reading.due.astimezone(zone)))
    return f"{verdict} ({due})"


def _attached(ticket: Reviewed, writer: Writer) -> Iterator[str]:
    kinds = {
        "added": _("attachment added: {name}"),
        "changed": _("attachment changed: {name}"),
        "removed": _("attachment removed: {name}"),
    }
    names = ticket.attachments if writer.every else ticket.attachments[:MOST_ENTRIES]
    yield from (kinds[what].format(name=writer.said(_short(name))) for name, what in names)
    if len(names) < len(ticket.attachments):
        yield _and_more(len(ticket.attachments) - len(names))


def _entries(ticket: Reviewed, writer: Writer) -> Iterator[str]:
    """New entries, the newest where there are many: the earlier ones led to what they say."""
    entries = ticket.comparison.entries
    shown = entries if writer.every else entries[-MOST_ENTRIES:]
    if len(shown) < len(entries):
        earlier = len(entries) - len(shown)
        yield ngettext("… {count} earlier entry", "… {count} earlier entries", earlier).format(count=earlier)
    yield from (_entry(entry, ticket.comparison, writer) for entry in shown)


def _entry(entry: Entry, compared: Comparison, writer: Writer) -> str:
    who = [writer.said(_short(Person.parse(entry.author).name)), entry.level, _("public") if entry.public else ""]
    heading = " · ".join([phrases.date_time(entry.at.astimezone(writer.zone)), *(part for part in who if part)])
    said = next((line for line in entry.text.splitlines() if line.strip()), "")
    if not said:
        moves = lines_of(entry, (), opening=compared.before is None and entry is compared.entries[0])
        said = "; ".join(line.removeprefix("→ ") for line in moves)
    return _("{entry}: {words}").format(entry=heading, words=writer.said(_short(said))) if said.strip() else heading


def _broken(ticket: Reviewed, writer: Writer) -> Iterator[str]:
    """A line for each error; warnings, which are mostly advice, share one."""
    errors = [finding for finding in ticket.findings if finding.severity == "error"]
    shown = errors if writer.every else errors[:MOST_FINDINGS]
    for finding in shown:
        place = pgettext("severity", "error")
        if finding.line:
            place = _("{severity}, line {line}").format(severity=place, line=finding.line)
        yield _("{field}: {change}").format(field=writer.alarm(place), change=writer.said(_short(finding.message)))
    if len(shown) < len(errors):
        yield _and_more(len(errors) - len(shown))
    yield from _warnings([finding for finding in ticket.findings if finding.severity != "error"], writer)


def _warnings(warnings: Sequence[Finding], writer: Writer) -> Iterator[str]:
    if not warnings:
        return
    shown = warnings if writer.every else warnings[:MOST_ENTRIES]
    said = [writer.said(_short(finding.message)) for finding in shown]
    if len(shown) < len(warnings):
        said.append(_and_more(len(warnings) - len(shown)))
    counted = ngettext("{count} warning", "{count} warnings", len(warnings)).format(count=len(warnings))
    yield _("{field}: {change}").format(field=counted, change="; ".join(said))


def _and_more(count: int) -> str:
    return _("… and {count} more").format(count=count)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
