"""A clock's working as a person reads it: the verdict, what is promised and why, the time line, every interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from tkt.domain.ticket import Ticket
from tkt.language import _, pgettext
from tkt.presentation import phrases
from tkt.presentation.clocks import clock_phrases
from tkt.presentation.explanation.phrases import judging, moment, passed_over, pauses, why_it_matches
from tkt.presentation.explanation.sentence import sentence
from tkt.presentation.explanation.tables import end_row, interval_table, priority_table, sum_table
from tkt.presentation.explanation.time_line import time_line
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted, tone_of
from tkt.presentation.table import Table, width_of
from tkt.presentation.tables import render
from tkt.service_level.account import Account
from tkt.service_level.explanation import Explanation

# So many cells the table of intervals needs with all of its columns.
_ROOM_FOR_ALL = 110


def explanation(
    ticket: Ticket,
    path: str,
    clocks: Sequence[Explanation],
    zone: tzinfo,
    *,
    width: int | None = None,
    color: bool = False,
) -> str:
    """The working of these clocks of a ticket, whose file is at `path`; it ends with a line end.

    For a terminal of `width` cells with a time line and drawn tables, plain without.
    """
    parts = [f"{painted(one_line(ticket.id), 'title', color)}: {one_line(ticket.title)}\n{one_line(path)}\n"]
    for told in clocks:
        parts += _clock(told, zone, width, color)
    return "\n".join(parts)


def _clock(told: Explanation, zone: tzinfo, width: int | None, color: bool) -> Iterator[str]:
    """The parts of one clock's working, each with its line ends."""
    yield _verdict(told, zone, color)
    yield _promises(told, zone, color)
    if len(told.priorities) > 1:
        yield _table(priority_table(told, zone), width, color)
    if width:
        drawn = time_line(told, zone, width, color=color)
        if drawn:
            yield drawn
    yield from _account(told.account, zone, width, color, told)
    if told.breach is not None and told.breach.account is not None:
        yield _otherwise(told, told.breach.account)
        yield from _account(told.breach.account, zone, width, color)


def _account(
    account: Account, zone: tzinfo, width: int | None, color: bool, told: Explanation | None = None
) -> Iterator[str]:
    last = end_row(told, zone) if told else None
    narrow = width is not None and width < _ROOM_FOR_ALL
    yield _table(interval_table(account, zone, last, narrow=narrow), width, color)
    if account.intervals:
        yield _table(sum_table(account), width, color)


def _table(table: Table, width: int | None, color: bool) -> str:
    return render(table, "table" if width else "plain", width=width, color=color)


def _verdict(told: Explanation, zone: tzinfo, color: bool) -> str:
    name = clock_phrases.name(told.reading)
    heading = painted(name if told.reading.holder else name.upper(), "title", color)
    label = painted(clock_phrases.verdict(told.reading), tone_of(told.reading.verdict), color)
    counted = phrases.exact_duration(told.reading.elapsed)
    if told.reading.target is not None:
        message = _("{counted} of {target}")
        counted = message.format(counted=counted, target=phrases.exact_duration(told.reading.target))
    return f"{_labelled(heading)} {label}, {counted}\n{sentence(told, zone)}\n"


def _labelled(label: str) -> str:
    """A label as it stands before what it is of: each language has its own blank before the colon."""
    return pgettext("explanation", "{label}:").format(label=label)


def _promises(told: Explanation, zone: tzinfo, color: bool) -> str:
    """What is promised, by what and why, and when that comes to be, label by label."""
    lines = [
        (pgettext("explanation", "OLA") if told.reading.holder else pgettext("explanation", "Policy"), judging(told)),
        (pgettext("explanation", "Because"), why_it_matches(told)),
        (pgettext("explanation", "Passed over"), "; ".join(passed_over(told))),
        (pgettext("explanation", "Target"), _target(told)),
        (pgettext("explanation", "Pauses"), pauses(told) if told.terms.policy else ""),
        (pgettext("explanation", "At risk"), _at_risk(told, zone)),
        (pgettext("explanation", "Due"), _due(told, zone)),
        (pgettext("explanation", "Breached"), moment(told.breach.at, zone) if told.breach else ""),
    ]
    said = [(_labelled(label), text) for label, text in lines if text]
    room = max(width_of(label) for label, _text in said) + 1
    return "".join(f"{painted(label, 'title', color)}{' ' * (room - width_of(label))}{text}\n" for label, text in said)


def _target(told: Explanation) -> str:
    if told.reading.target is None:
        return ""
    message = _("{target} for {priority}")
    return message.format(target=phrases.exact_duration(told.reading.target), priority=one_line(told.reading.priority))


def _at_risk(told: Explanation, zone: tzinfo) -> str:
    if told.warn is None:
        return ""
    share = phrases.set_percent(told.terms.version.warn_at)
    seconds = phrases.exact_duration(told.warn)
    if told.warn_at is None:
        return _("from {counted} on ({share})").format(counted=seconds, share=share)
    message = _("from {counted} on ({share}): {instant}")
    return message.format(counted=seconds, share=share, instant=_mark(told, told.warn_at, zone))


def _due(told: Explanation, zone: tzinfo) -> str:
    if told.reading.target is None:
        return ""
    if told.due_at is None:
        return _("not while it rests") if told.course.paused else ""
    return _mark(told, told.due_at, zone)


def _mark(told: Explanation, second: int, zone: tzinfo) -> str:
    """An instant; of a clock that ended before, the one that it would have been."""
    instant = moment(second, zone)
    if told.course.ended is not None and second > told.course.end:
        return _("{instant}, had it gone on").format(instant=instant)
    return instant


def _otherwise(told: Explanation, account: Account) -> str:
    breach = told.breach
    message = _("As {priority}, of the policy {policy} on the calendar {calendar}, this had counted:")
    return (
        message.format(
            priority=one_line(breach.priority.held.priority) if breach else "",
            policy=one_line(account.terms.policy),
            calendar=one_line(account.terms.calendar.name),
        )
        + "\n"
    )
