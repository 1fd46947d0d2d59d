"""The tables of a clock's working: its intervals with the running sum, what they come to, and the priorities held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import tzinfo

from tkt.domain import words
from tkt.language import _, pgettext
from tkt.presentation import phrases
from tkt.presentation.explanation.phrases import begun_by, kind, moment
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import tone_of
from tkt.presentation.table import Column, Row, Table, Toned
from tkt.service_level.account import COUNTED, Account, Interval, sums_of
from tkt.service_level.explanation import Explanation

# More of them between two entries are summed up by what they were: ten nights in a row tell no more than one.
_MOST_OF_A_PHASE = 7
# The places of two columns in the table of intervals.
_COUNTED, _PRIORITY = 3, 5


def interval_table(account: Account, zone: tzinfo, last: Row | None = None, *, narrow: bool = False) -> Table:
    """Every interval from its start, which is the end of the one before; `last` is the line of where it ends.

    Of many between two entries, those of a kind are one line that says how many they are. A `narrow` one leaves out
    what can be seen without a column of its own: what counted, by the sum, and a priority that was one all along.
    """
    every = (
        Column(pgettext("column", "From")),
        Column(pgettext("column", "What it was"), weight=2),
        Column(pgettext("column", "Length"), align="right"),
        Column(pgettext("column", "Counted"), align="right"),
        Column(pgettext("column", "Sum"), align="right"),
        Column(pgettext("column", "Priority")),
        Column(pgettext("column", "Begun by"), weight=1, spare=True),
    )
    rows = [*(row for phase in account.phases for row in _phase(phase, zone)), *([last] if last else [])]
    spared = {_COUNTED, *([_PRIORITY] if len({one.priority for one in account.intervals}) < 2 else [])}
    kept = [at for at in range(len(every)) if not (narrow and at in spared)]
    return Table(tuple(every[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in rows))


def end_row(told: Explanation, zone: tzinfo) -> Row:
    """The line of where the course ends: by whom it was stopped or cancelled, or that it is now."""
    course = told.course
    what = _("now") if course.ended is None else _("cancelled") if course.stop is None else _("stopped")
    by = begun_by((told.ended_by,)) if told.ended_by else None
    shown = Toned(what, tone_of(told.reading.verdict))
    return (moment(course.end, zone), shown, None, None, phrases.exact_duration(told.reading.elapsed), None, by)


def _phase(phase: Sequence[Interval], zone: tzinfo) -> Iterator[Row]:
    if len(phase) > _MOST_OF_A_PHASE:
        yield from _summed_up(phase, zone)
        return
    for one in phase:
        yield (
            moment(one.span.start, zone),
            _what(one.kind, one.name, one.state),
            phrases.exact_duration(one.span.seconds),
            phrases.exact_duration(one.counted),
            phrases.exact_duration(one.elapsed),
            one.priority,
            begun_by(one.by) or None,
        )


def _summed_up(phase: Sequence[Interval], zone: tzinfo) -> Iterator[Row]:
    first, sums = phase[0], sums_of(phase)
    for one in sums:
        what = _what(one.kind, one.name, first.state, one.times)
        heads, ends = one is sums[0], one is sums[-1]
        yield (
            moment(first.span.start, zone) if heads else None,
            what,
            phrases.exact_duration(one.seconds),
            phrases.exact_duration(one.counted),
            phrases.exact_duration(phase[-1].elapsed) if ends else None,
            first.priority,
            (begun_by(first.by) or None) if heads else None,
        )


def _what(of: str, name: str, state: str, times: int = 1) -> Toned:
    """`running (In progress)`, `closed hours ×5`."""
    said = kind(of, name)
    if of == "running":
        said = _("{what} ({state})").format(what=said, state=one_line(words.STATE.label(state)))
    if times > 1:
        said = _("{what} ×{times}").format(what=said, times=times)
    return Toned(said, "" if of in COUNTED else "quiet")


def sum_table(account: Account) -> Table:
    """What the intervals of each kind come to, and what all of them do."""
    columns = (
        Column(pgettext("column", "In all"), weight=1),
        Column(pgettext("column", "Times"), align="right"),
        Column(pgettext("column", "Length"), align="right"),
        Column(pgettext("column", "Counted"), align="right"),
    )
    rows: list[Row] = [
        (kind(one.kind, one.name), one.times, *map(phrases.exact_duration, (one.seconds, one.counted)))
        for one in account.sums
    ]
    wall = sum(one.seconds for one in account.sums)
    everything = (wall, account.elapsed)
    total: Row = (_("everything"), len(account.intervals), *map(phrases.exact_duration, everything))
    return Table(columns, (*rows, total))


def priority_table(told: Explanation, zone: tzinfo) -> Table:
    """Each priority that the ticket had: what was promised for it, what had counted by its end, and since when that was
    over."""
    columns = (
        Column(pgettext("column", "Priority"), weight=1),
        Column(pgettext("column", "From")),
        Column(pgettext("column", "Policy"), weight=1, spare=True),
        Column(pgettext("column", "Calendar"), spare=True),
        Column(pgettext("column", "Target"), align="right"),
        Column(pgettext("column", "Counted"), align="right"),
        Column(pgettext("column", "Over since")),
        Column(pgettext("column", "Given by"), weight=1, spare=True),
    )
    return Table(columns, tuple(_priorities(told, zone)))


def _priorities(told: Explanation, zone: tzinfo) -> Iterator[Row]:
    for one in told.priorities:
        terms = one.held.terms
        yield (
            one.held.priority,
            moment(one.held.span.start, zone),
            terms.policy,
            terms.calendar.name,
            phrases.exact_duration(one.target) if one.target is not None else None,
            phrases.exact_duration(one.elapsed),
            Toned(moment(one.over_at, zone), "bad") if one.over_at is not None else _("never"),
            begun_by(one.by) or None,
        )
