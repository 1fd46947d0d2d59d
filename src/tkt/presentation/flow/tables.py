"""The tables of a flow: the times in each state and with each holder, the transitions, the paths."""

from __future__ import annotations

from tkt.language import pgettext
from tkt.metrics.flow.flow import PHASES, Flow, Path, StepTimes, Transition
from tkt.metrics.flow.life import STATE
from tkt.presentation import phrases
from tkt.presentation.flow.step_words import TITLES, ends_words, path_words, step_words
from tkt.presentation.table import Cell, Column, Row, Table, Toned
from tkt.service_level.timeline import ENDED


def state_table(times: tuple[StepTimes, ...]) -> Table:
    """A line for each state: how often and how long tickets were in it, and how many are there now.

    Shares are those of the time in which tickets were open: what lies behind a resolution is neither work nor waiting.
    """
    columns = (
        Column(pgettext(*TITLES[STATE])),
        *_columns_of_visits(),
        Column(pgettext("column", "Mean"), align="right", spare=True),
        Column(pgettext("column", "Total"), align="right"),
        Column(pgettext("column", "Share"), align="right"),
        *_columns_of_now(),
    )
    whole = sum(one.seconds.total for one in times if one.step not in ENDED)
    lines = (
        (
            step_words(STATE, one.step),
            *_visits(one),
            _time(one.seconds.mean),
            _time(one.seconds.total),
            None if one.step in ENDED else _share(one.seconds.total, whole),
            *_now(one),
        )
        for one in times
    )
    return Table(columns, tuple(lines))


def holder_table(key: str, times: tuple[StepTimes, ...]) -> Table:
    """A line for each group, level or assignee: how often and how long they had tickets, and how they passed it."""
    columns = (
        Column(pgettext(*TITLES[key]), weight=2),
        *_columns_of_visits(),
        Column(pgettext("column", "Total"), align="right"),
        Column(pgettext("column", "Not begun"), align="right"),
        Column(pgettext("column", "In progress"), align="right"),
        Column(pgettext("column", "Pending"), align="right"),
        *_columns_of_now(),
    )
    lines = (
        (
            step_words(key, one.step),
            *_visits(one),
            _time(one.seconds.total),
            *(_share(one.phases[phase], sum(one.phases.values())) for phase in PHASES),
            *_now(one),
        )
        for one in times
    )
    return Table(columns, tuple(lines))


def _columns_of_visits() -> tuple[Column, ...]:
    return (
        Column(pgettext("column", "Visits"), align="right"),
        Column(pgettext("column", "Tickets"), align="right", spare=True),
        Column(pgettext("column", "Again"), align="right"),
        Column(pgettext("column", "Median"), align="right"),
        Column(pgettext("column", "P90"), align="right"),
    )


def _visits(one: StepTimes) -> Row:
    return one.seconds.number, one.tickets, one.again, _time(one.seconds.median), _time(one.seconds.p90)


def _columns_of_now() -> tuple[Column, ...]:
    return (
        Column(pgettext("column", "Now"), align="right"),
        Column(pgettext("column", "Longest"), align="right", spare=True),
        Column(pgettext("column", "Oldest"), spare=True),
    )


def _now(one: StepTimes) -> Row:
    """How many are there; whoever has been there longer than nine in ten of those that left is marked."""
    longest = _time(one.there.longest)
    late = one.there.longest is not None and one.seconds.p90 is not None and one.there.longest > one.seconds.p90
    return one.there.number, Toned(longest, "warning") if late and longest else longest, one.oldest


def transition_table(by: str, transitions: tuple[Transition, ...]) -> Table:
    """A line for each transition: how often it was made, and after how long."""
    columns = (
        Column(pgettext("transition", "From"), weight=1),
        Column(pgettext("column", "To"), weight=1),
        Column(pgettext("column", "Times"), align="right"),
        Column(pgettext("column", "Tickets"), align="right"),
        Column(pgettext("column", "Median before"), align="right"),
        Column(pgettext("column", "P90 before"), align="right"),
    )
    return Table(columns, tuple(_transition(by, one) for one in transitions))


def _transition(by: str, one: Transition) -> Row:
    before, after = ends_words(by, one)
    opening = one.before is None and not one.reopening
    lasted = (None, None) if opening else (_time(one.seconds.median), _time(one.seconds.p90))
    return before, Toned(after, "warning") if one.reopening else after, one.seconds.number, one.tickets, *lasted


def path_table(flow: Flow, paths: tuple[Path, ...]) -> Table:
    """A line for each path: how many tickets took it, how long it took, and in which step they waited most."""
    columns = (
        Column(pgettext("column", "Tickets"), align="right"),
        Column(pgettext("column", "Share"), align="right"),
        Column(pgettext("column", "Median"), align="right"),
        Column(pgettext("column", "P90"), align="right"),
        Column(pgettext("column", "Longest in"), weight=1),
        Column(pgettext("column", "Of its time"), align="right", spare=True),
        Column(pgettext("column", "Slowest"), spare=True),
        Column(pgettext("column", "Path"), weight=4),
    )
    return Table(columns, tuple(_path(flow, one) for one in paths))


def _path(flow: Flow, one: Path) -> Row:
    longest, whole = one.longest_wait, sum(wait.total for wait in one.waits)
    waits: tuple[Cell, Cell] = (None, None)
    if longest is not None:
        waits = step_words(flow.by, one.steps[longest]), _share(one.waits[longest].total, whole)
    return (
        one.seconds.number,
        _share(one.seconds.number, flow.ended),
        _time(one.seconds.median),
        _time(one.seconds.p90),
        *waits,
        one.slowest,
        path_words(flow.by, one),
    )


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else phrases.duration(seconds)


def _share(part: float, whole: float) -> str | None:
    return phrases.percent(part / whole) if whole else None
