"""Seals as JSON: the list of them, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable

from tkt.domain.instant import write_instant
from tkt.metrics.figure import Figure
from tkt.metrics.seal import Departure, Differing, Seal, Verification
from tkt.presentation.json_form import VERSION, Document, number_json


def seals_json(seals: Iterable[Seal]) -> Document:
    """The document of `tkt seal --list`."""
    return {"version": VERSION, "seals": [_seal_json(seal) for seal in seals]}


def _seal_json(seal: Seal) -> Document:
    sealed = seal.sealed
    overall = {place.key: figure for place, figure in sealed.figures.items() if not place.of} if sealed else {}
    return {
        "month": seal.month,
        "tag": seal.tag,
        "commit": seal.commit,
        "at": write_instant(seal.at),
        "by": {"name": seal.by.name, "email": seal.by.email or None},
        "signed": seal.is_signed,
        "tkt": sealed.tkt if sealed else None,
        "settings": sealed.settings if sealed else None,
        "why": (sealed.why or None) if sealed else None,
        "kpi": {key: _figure_json(figure) for key, figure in overall.items()},
    }


def verifications_json(found: Iterable[Verification]) -> Document:
    """The document of `tkt seal --verify`."""
    return {"version": VERSION, "seals": [_verification_json(one) for one in found]}


def _verification_json(found: Verification) -> Document:
    seal = found.seal
    return {
        "month": seal.month,
        "tag": seal.tag,
        "commit": seal.commit,
        "signed": seal.is_signed,
        "holds": found.holds,
        "troubles": list(found.troubles),
        "settings_changed": found.settings_changed,
        "figures": [_departure_json(one) for one in found.figures],
        "tickets": [_differing_json(one) for one in found.tickets],
    }


def _differing_json(one: Differing) -> Document:
    return {
        "id": one.id,
        "what": one.what,
        "keys": list(one.keys),
        "fields": [{"key": each.key, "old": each.old or None, "new": each.new or None} for each in one.fields],
        "entries_added": one.entries_added,
        "entries_gone": one.entries_gone,
    }


def _departure_json(one: Departure) -> Document:
    sides = {"sealed": one.sealed, "at_commit": one.at_commit, "today": one.today}
    place = {"of": one.place.of or None, "key": one.place.key}
    return {**place, **{side: _figure_json(figure) if figure else None for side, figure in sides.items()}}


def _figure_json(figure: Figure) -> Document:
    value, numerator = number_json(figure.value), number_json(figure.numerator)
    return {"value": value, "numerator": numerator, "denominator": figure.denominator}
