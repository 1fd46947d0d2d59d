"""The handover of a shift, to be read out: what is due next, what is overdue, who holds what and its last word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from tkt.domain import words
from tkt.domain.entry import Entry
from tkt.domain.follow_up import FollowUp
from tkt.domain.person import Person
from tkt.domain.ticket import Ticket
from tkt.language import _, ngettext, pgettext
from tkt.presentation import phrases
from tkt.presentation.clocks import clock_phrases
from tkt.presentation.flow.step_words import step_words
from tkt.presentation.shift.outline import Item, Pen, Section
from tkt.presentation.shift.shift_words import author_words, counted, day_words, lines_told, moment_words
from tkt.service_level.reading import UNTOLD
from tkt.service_level.shift import Due, Handover, Held

_BETWEEN = " · "


def handover_report(handover: Handover, whose: str, zone: tzinfo, format: str = "text", *, color: bool = False) -> str:
    """The handover as text or Markdown, times in `zone`; `whose` are the groups that it is of ("" for the desk)."""
    report = _Report(handover, zone, Pen.of(format, color=color))
    now = handover.now.astimezone(zone)
    title = _("Handover, {day} {time}").format(day=day_words(now), time=phrases.clock_time(now))
    head = _BETWEEN.join([title, *([report.pen.said(whose)] if whose else [])])
    return report.pen.outline(head, report.introduction(), report.sections())


class _Report:
    """A handover as it is written."""

    def __init__(self, handover: Handover, zone: tzinfo, pen: Pen) -> None:
        self.handover, self.zone, self.pen = handover, zone, pen

    def introduction(self) -> str:
        """How many tickets are open and how they stand, then what happened in the shift."""
        tickets = self.handover.tickets
        said = ngettext("{count} ticket open", "{count} tickets open", len(tickets)).format(count=len(tickets))
        if standing := ", ".join(self._standing()):
            said = _("{tickets}: {standing}").format(tickets=said, standing=standing)
        since = moment_words(self.handover.since, self.handover.now, self.zone)
        what = counted(self.handover.counts) or _("nothing happened")
        happened = _("Since {time}: {what}.").format(time=since, what=what)
        return f"{said}. {happened}"

    def _standing(self) -> Iterator[str]:
        tickets = self.handover.tickets
        nobodys = len(self.handover.held.get("", ()))
        over, at_risk = sum(one.is_over for one in tickets), sum(one.is_at_risk for one in tickets)
        if nobodys:
            yield ngettext("{count} held by nobody", "{count} held by nobody", nobodys).format(count=nobodys)
        if over:
            yield ngettext("{count} over a target", "{count} over a target", over).format(count=over)
        if at_risk:
            yield _("{count} at risk").format(count=at_risk)

    def sections(self) -> Iterator[Section]:
        """What is due, what is overdue, and who holds what; only what there is."""
        if self.handover.due:
            horizon = moment_words(self.handover.horizon, self.handover.now, self.zone)
            title = _("Due next, up to {time}").format(time=horizon)
            yield Section(title, tuple(Item(self._due(one)) for one in self.handover.due))
        if overdue := self.handover.overdue:
            items = tuple(Item(self._overdue(held, owed)) for held, owed in overdue)
            yield Section(_("Overdue follow-ups"), items)
        for name, tickets in self.handover.held.items():
            title = _("Held by {name}: {count}").format(name=self._name(name), count=len(tickets))
            yield Section(title, tuple(self._held(one) for one in tickets))

    def _name(self, assignee: str) -> str:
        return self.pen.said(assignee) if assignee else pgettext("assignee", "nobody")

    def _due(self, due: Due) -> str:
        instant = moment_words(due.at, self.handover.now, self.zone)
        if due.what == "until":
            what = _("waits until {time}").format(time=instant)
        else:
            what = _("{clock} due {time}").format(clock=words.CLOCK.label(due.what), time=instant)
        left = phrases.relative_due(due.at, self.handover.now)
        over = due.at < self.handover.now
        said = f"{what}, {left}"
        return self._line(due.held.ticket, self.pen.alarm(said) if over else said)

    def _overdue(self, held: Held, owed: FollowUp) -> str:
        return self._line(held.ticket, self._owed(owed))

    def _line(self, ticket: Ticket, said: str) -> str:
        """A ticket in a line: what there is to say of it comes before its title, and who has it stands last."""
        parts = (self.pen.strong(ticket.id), ticket.priority, said, self.pen.said(ticket.title))
        return _BETWEEN.join([*(part for part in parts if part), self._name(ticket.assignee)])

    def _owed(self, owed: FollowUp) -> str:
        at = moment_words(owed.entry.at, self.handover.now, self.zone)
        if owed.kind == "until":
            until = self.pen.said(owed.entry.value("until"))
            return _("pending until {until}, which is past").format(until=until)
        if owed.kind == "unanswered":
            name = self.pen.said(Person.parse(owed.entry.author).name)
            return _("{name} wrote at {time}, and nobody answered").format(name=name, time=at)
        return _("no word since {time}").format(time=at)

    def _held(self, held: Held) -> Item:
        ticket = held.ticket
        parts = (
            self.pen.strong(ticket.id),
            ticket.priority,
            self.pen.said(_state(ticket)),
            self.pen.said(ticket.title),
        )
        return Item(_BETWEEN.join(part for part in parts if part), tuple(self._details(held)))

    def _details(self, held: Held) -> Iterator[str]:
        asked = held.ticket.requester
        if asked.name:
            who = f"{asked.name} ({asked.department})" if asked.department else asked.name
            yield _("asked by {name}").format(name=self.pen.said(who))
        if held.clocks is not UNTOLD:
            clock = held.clocks.pressing
            if clock.verdict != "none":
                shown = clock_phrases.summary(clock, self.zone, self.handover.now)
                yield self.pen.alarm(shown) if held.is_over else shown
        if held.last is not None:
            at = moment_words(held.last.at, self.handover.now, self.zone)
            yield self.pen.said(_last_word(held, held.last, at))
        yield from (self.pen.alarm(self._owed(owed)) for owed in held.follow_ups)


def _state(ticket: Ticket) -> str:
    """Its state, and what it waits for."""
    if ticket.state != "pending":
        return words.STATE.label(ticket.state)
    held = next((entry for entry in reversed(ticket.entries) if entry.value("state") == "pending"), None)
    reason = held.value("reason") if held else ""
    return step_words("state", f"pending:{reason}" if reason in words.PENDING_REASON else "pending")


def _last_word(held: Held, entry: Entry, at: str) -> str:
    """The last word with who said it and when; where nothing was said, what was done."""
    opening = entry is held.ticket.entries[0]
    said = entry.text.strip() or "; ".join(line.removeprefix("→ ") for line in lines_told(entry, opening=opening))
    who = author_words(entry)
    if opening and not said:
        return _("opened {time} by {who}, and no word since").format(time=at, who=who)
    message = _("last word, {time}, {who}: {words}") if said else _("last word, {time}, {who}")
    return message.format(time=at, who=who, words=said)
