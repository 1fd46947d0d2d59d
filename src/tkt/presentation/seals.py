"""Seals shown to people: the list of them, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo

from tkt.domain.words import PRIORITY
from tkt.language import NP_, _, ngettext, pgettext
from tkt.metrics import indicators, ola
from tkt.metrics.figure import Figure
from tkt.metrics.indicator import Indicator
from tkt.metrics.seal import Departure, Differing, Place, Seal, Verification
from tkt.presentation import indicator_phrases, labels, phrases
from tkt.presentation.clocks import ola_table
from tkt.presentation.safe_text import one_line
from tkt.presentation.style import painted
from tkt.presentation.table import Cell, Column, Table
from tkt.presentation.tables import render

_SHORT = 10
_FEW = 4
_MAIN = ("created", "resolved", "mttr_seconds", "fcr", "sla_resolution")
_WHAT = {
    "changed": NP_("sealed ticket", "judged otherwise"),
    "added": NP_("sealed ticket", "added"),
    "gone": NP_("sealed ticket", "gone"),
}


def seal_table(seals: Iterable[Seal], zone: tzinfo) -> Table:
    """The seals in the order given, with their main figures and their times in `zone`."""
    columns = (
        Column(pgettext("column", "Month")),
        Column(pgettext("column", "Sealed")),
        Column(pgettext("column", "By"), weight=1),
        Column(pgettext("column", "Commit")),
        Column(pgettext("column", "Signed")),
        *(Column(indicator_phrases.label(key), align="right", spare=True) for key in _MAIN),
    )
    return Table(columns, tuple((*_line(seal, zone), *_main_figures(seal)) for seal in seals))


def _line(seal: Seal, zone: tzinfo) -> Iterator[Cell]:
    yield seal.month
    yield phrases.date_time(seal.at.astimezone(zone))
    yield seal.by.name
    yield seal.commit[:_SHORT]
    yield pgettext("signature", "yes") if seal.is_signed else pgettext("signature", "no")


def _main_figures(seal: Seal) -> Iterator[Cell]:
    for place in (Place("", key) for key in _MAIN):
        figure = seal.sealed.figures.get(place) if seal.sealed else None
        yield _written(place, figure) if figure else ""


def verification_text(found: Verification, format: str, *, width: int | None = None, color: bool = False) -> str:
    """What became of a seal: whether it holds, what is not sound, which figures are others, and the tickets why."""
    verdict = _("{tag} holds") if found.holds else _("{tag} does not hold")
    tone = "good" if found.holds else "warning"
    lines = [painted(one_line(verdict.format(tag=found.seal.tag)), tone, color), *map(one_line, found.troubles)]
    if found.figures and found.settings_changed:
        lines.append(_("The desk is set up otherwise today than when it was sealed."))
    parts = ["".join(f"{line}\n" for line in lines)]
    if found.figures:
        shown = _for_people(found.figures) if format in ("table", "plain") else found.figures
        parts.append(render(departure_table(shown), format, width=width, color=color) + _left_out(found.figures, shown))
    if found.tickets:
        parts.append(render(_ticket_table(found), format, width=width, color=color))
    return "\n".join(parts)


def _for_people(figures: Sequence[Departure]) -> Sequence[Departure]:
    """Those of all tickets; where they are none, those of priorities and OLAs."""
    return [one for one in figures if not one.place.of] or figures


def _left_out(figures: Sequence[Departure], shown: Sequence[Departure]) -> str:
    left = len(figures) - len(shown)
    if not left:
        return ""
    message = ngettext(
        "{count} figure of priorities and OLAs is another one too: --json has it.",
        "{count} figures of priorities and OLAs are others too: --json has them.",
        left,
    )
    return message.format(count=left) + "\n"


def departure_table(figures: Iterable[Departure]) -> Table:
    """The figures that are not the sealed ones, beside what they are."""
    columns = (
        Column(pgettext("column", "Indicator"), weight=1),
        Column(pgettext("column", "Sealed"), align="right"),
        Column(pgettext("column", "In its commit"), align="right"),
        Column(pgettext("column", "Today"), align="right"),
    )
    lines = ((_named(one.place), *(_shown(one.place, each) for each in one[1:])) for one in figures)
    return Table(columns, tuple(lines))


def _ticket_table(found: Verification) -> Table:
    columns = (
        Column(pgettext("column", "Ticket")),
        Column(pgettext("column", "Since then"), weight=2),
        Column(pgettext("column", "Counts otherwise in"), weight=1),
    )
    lines = ((one.id, ", ".join(_what_changed(one)), ", ".join(_counts_in(one.keys))) for one in found.tickets)
    return Table(columns, tuple(lines))


def _what_changed(one: Differing) -> Iterator[str]:
    for change in one.fields:
        old, new = (labels.value(change.key, text) or pgettext("value", "none") for text in (change.old, change.new))
        yield f"{labels.field(change.key)} {old} → {new}"
    if one.entries_added:
        message = ngettext("{count} entry added", "{count} entries added", one.entries_added)
        yield message.format(count=one.entries_added)
    if one.entries_gone:
        message = ngettext("{count} entry gone", "{count} entries gone", one.entries_gone)
        yield message.format(count=one.entries_gone)
    if not (one.fields or one.entries_added or one.entries_gone):
        yield pgettext(*_WHAT[one.what])


def _counts_in(keys: Sequence[str]) -> Iterator[str]:
    known = [key for key in keys if _known(key)]
    yield from map(indicator_phrases.label, known[:_FEW])
    if len(known) > _FEW:
        yield "…"


def _known(key: str) -> bool:
    return key in indicators.FORMULAS


def _named(place: Place) -> str:
    """What a figure is called; one that this tkt does not know, by its key."""
    of_indicators = place.of in ("", *PRIORITY.codes)
    if of_indicators and _known(place.key):
        return indicator_phrases.label(place.key, place.of)
    title = ola_table.title_of(place.key) if not of_indicators and place.key in ola.FORMULAS else place.key
    return f"{place.of}: {title}" if place.of else title


def _shown(place: Place, figure: Figure | None) -> Cell:
    """A figure with what it is the quotient of, without which two that read alike could be others."""
    if figure is None:
        return pgettext("figure", "not computed")
    value = _written(place, figure)
    if figure.denominator is None or figure.numerator is None:
        return value
    return f"{value} ({phrases.number(figure.numerator)} / {figure.denominator})"


def _written(place: Place, figure: Figure) -> str:
    formulas = indicators.FORMULAS if place.of in ("", *PRIORITY.codes) else ola.FORMULAS
    unit = formulas[place.key][0] if place.key in formulas else "count"
    return indicator_phrases.value(Indicator(place.key, figure.value, figure.numerator, figure.denominator, unit))
