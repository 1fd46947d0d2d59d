"""A simulation as a report: compliance side by side, and the tickets whose verdict differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tkt.domain import words
from tkt.language import NP_, _, ngettext, pgettext
from tkt.metrics.simulation import Compliance, Differing, Rate, Simulation
from tkt.presentation import indicator_phrases, phrases
from tkt.presentation.clocks import clock_phrases
from tkt.presentation.period_heading import period_heading
from tkt.presentation.safe_text import for_html, one_line
from tkt.presentation.style import tone_of
from tkt.presentation.table import Column, Row, Table, Toned
from tkt.presentation.tables import render
from tkt.service_level.reading import ClockReading

_SPREADSHEETS = ("csv", "tsv")
_RATES = {"response": "sla_response", "resolution": "sla_resolution"}
_ENDINGS = {
    "open": NP_("tickets", "open"),
    "resolved": NP_("tickets", "resolved"),
    "cancelled": NP_("tickets", "cancelled"),
}
_UNITS = {"rate": NP_("difference of two rates", "{figure} pt"), "count": NP_("difference of two counts", "{figure}")}


class Sides(NamedTuple):
    """What the two settings are called."""

    before: str
    after: str


def report(
    simulation: Simulation,
    shown: Sequence[Differing],
    sides: Sides,
    format: str,
    *,
    width: int | None = None,
    color: bool = False,
) -> str:
    """The whole report in one of the formats of tables, with these of the clocks whose verdict differs.

    A spreadsheet gets one table, those clocks with their numbers in full. Raises UnknownFormat.
    """
    if format in _SPREADSHEETS:
        return render(number_table(shown), format)
    parts = [
        period_heading(simulation.period, format, color=color) + _line(_compared(simulation), format),
        render(compliance_table(simulation, sides), format, width=width, color=color),
        _line(_differ(simulation), format),
    ]
    tables = [change_table(simulation, sides)] if simulation.differing else []
    tables += [differing_table(shown, sides)] if shown else []
    parts += [render(table, format, width=width, color=color) for table in tables]
    return "\n".join(parts)


def compliance_table(simulation: Simulation, sides: Sides) -> Table:
    """What was kept of both clocks: overall, by priority, by policy where there are several; and what is breached."""
    columns = (
        Column(pgettext("column", "Indicator")),
        Column(pgettext("column", "Of"), weight=1),
        Column(sides.before, align="right"),
        Column(sides.after, align="right"),
        Column(pgettext("column", "Difference"), align="right"),
    )
    several = len({one.policy for one in simulation.compliance if one.policy}) > 1
    kept = (_kept(one) for one in simulation.compliance if several or not one.policy)
    return Table(columns, (*kept, *_breached(simulation)))


def _kept(one: Compliance) -> Row:
    difference = one.difference
    points = None if difference is None else _signed(round(difference * 100, 1), "rate", better=difference > 0)
    named = _("policy {name}").format(name=one.policy) if one.policy else one.priority
    return indicator_phrases.label(_RATES[one.clock]), named, _rate(one.before), _rate(one.after), points


def _rate(rate: Rate) -> str:
    return _("no data") if rate.value is None else f"{phrases.percent(rate.value)} ({rate.met} / {rate.judged})"


def _breached(simulation: Simulation) -> Iterator[Row]:
    for ending, (before, after) in simulation.breached.items():
        difference = _signed(after - before, "count", better=after < before)
        yield pgettext("indicator", "Breached"), pgettext(*_ENDINGS[ending]), before, after, difference


def _signed(difference: float, unit: str, *, better: bool) -> Toned:
    figure = phrases.number(difference)
    signed = figure if difference < 0 else f"+{figure}"
    tone = "" if not difference else "good" if better else "bad"
    return Toned(pgettext(*_UNITS[unit]).format(figure=signed if difference else "0"), tone)


def change_table(simulation: Simulation, sides: Sides) -> Table:
    """How many clocks went from which verdict to which, the most frequent first."""
    columns = (
        Column(pgettext("column", "Clock")),
        Column(sides.before),
        Column(sides.after),
        Column(pgettext("column", "Verdicts"), align="right"),
    )
    return Table(columns, tuple(_change(*change, count) for change, count in simulation.changes))


def _change(clock: str, before: str, after: str, count: int) -> Row:
    was, now = (Toned(words.VERDICT.label(word), tone_of(word)) for word in (before, after))
    return words.CLOCK.label(clock), was, now, count


def differing_table(shown: Iterable[Differing], sides: Sides) -> Table:
    """Each clock whose verdict differs: what it shows on either side, and by which policy."""
    columns = (
        Column(pgettext("column", "Ticket")),
        Column(pgettext("column", "Priority")),
        Column(pgettext("column", "Clock")),
        Column(sides.before),
        Column(sides.after),
        Column(pgettext("column", "Policy"), weight=2),
        Column(pgettext("column", "Title"), weight=1, spare=True),
    )
    return Table(columns, tuple(map(_differing, shown)))


def _differing(one: Differing) -> Row:
    policies = dict.fromkeys(reading.policy or pgettext("value", "none") for reading in (one.before, one.after))
    return (
        one.ticket.id,
        one.before.priority,
        words.CLOCK.label(one.before.clock),
        _verdict(one.before),
        _verdict(one.after),
        " → ".join(policies),
        one.ticket.title,
    )


def _verdict(reading: ClockReading) -> Toned:
    """`breached 25h10 / 24h`."""
    spent = phrases.duration(reading.elapsed)
    if reading.target is not None:
        spent = f"{spent} / {phrases.duration(reading.target)}"
    return Toned(f"{clock_phrases.verdict(reading)} {spent}", tone_of(reading.verdict))


def number_table(shown: Iterable[Differing]) -> Table:
    """The same for a spreadsheet: lengths in seconds, each figure in a column of its own."""
    each = (
        pgettext("column", "Verdict"),
        pgettext("column", "Elapsed (s)"),
        pgettext("column", "Target (s)"),
        pgettext("column", "Policy"),
    )
    sides = (pgettext("column", "{figure}, before"), pgettext("column", "{figure}, after"))
    titles = (
        pgettext("column", "Ticket"),
        pgettext("column", "Title"),
        pgettext("column", "Priority"),
        pgettext("column", "Clock"),
        *(side.format(figure=figure) for side in sides for figure in each),
    )
    return Table(tuple(map(Column, titles)), tuple(map(_numbers, shown)))


def _numbers(one: Differing) -> Row:
    clock = words.CLOCK.label(one.before.clock)
    sides = (
        (clock_phrases.verdict(reading), reading.elapsed, reading.target, reading.policy)
        for reading in (one.before, one.after)
    )
    return one.ticket.id, one.ticket.title, one.before.priority, clock, *(cell for side in sides for cell in side)


def notes(simulation: Simulation, sides: Sides) -> Iterator[str]:
    """What the figures do not say, a line each: the tickets that were left out, and the versions that judged none."""
    if simulation.too_old:
        message = ngettext(
            "{count} ticket is left out: it was opened before the policy of {file} that it matches begins. "
            "Give that an earlier “from” there to have it judged.",
            "{count} tickets are left out: they were opened before the policies of {file} that they match begin. "
            "Give those an earlier “from” there to have them judged.",
            simulation.too_old,
        )
        yield message.format(count=simulation.too_old, file=sides.after)
    for version in simulation.to_come:
        message = _(
            "The version of {day} of the policy {name} judged no ticket: all were opened before. "
            "Give it an earlier “from” in {file} to see what it would have made of them."
        )
        yield message.format(day=phrases.day(version.since), name=version.policy, file=sides.after)


def _compared(simulation: Simulation) -> str:
    message = ngettext("{count} ticket compared.", "{count} tickets compared.", simulation.compared)
    return message.format(count=simulation.compared)


def _differ(simulation: Simulation) -> str:
    count = len(simulation.differing)
    message = ngettext("{count} verdict differs.", "{count} verdicts differ.", count)
    return message.format(count=count) if count else _("No verdict differs.")


def _line(text: str, format: str) -> str:
    return f"<p>{for_html(text)}</p>\n" if format == "html" else one_line(text) + "\n"
