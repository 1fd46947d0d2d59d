"""What a seal says: the message of its tag, to be read by people above and by programs in its last line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tkt import language
from tkt.domain.instant import read_instant, write_instant
from tkt.domain.words import KIND
from tkt.language import _
from tkt.metrics.figure import Figure
from tkt.metrics.period import Period
from tkt.metrics.scorecard import Scorecard
from tkt.metrics.seal import Figures, Place, Sealed
from tkt.presentation import phrases
from tkt.presentation.clocks.ola_table import ola_table
from tkt.presentation.json_form import Document, scorecard_json
from tkt.presentation.period_heading import period_heading
from tkt.presentation.safe_text import one_line
from tkt.presentation.scorecard_table import without_formulas
from tkt.presentation.tables import render

VERSION = 1
# What a program looks for, whatever the language of what stands above it.
_MARK = "Seal: "


def month_title(month: str) -> str:
    """`January 2026` for `2026-01`."""
    return phrases.month(date.fromisoformat(f"{month}-01"))


def seal_message(sealed: Sealed, card: Scorecard) -> str:
    """The message of a seal's tag: its subject, the figures as a table, what they were computed from, the document."""
    # Plain ASCII: git may write a message down in another encoding than it was told in.
    document = json.dumps(_document(sealed, card), ensure_ascii=True, separators=(", ", ": "))
    return f"{_for_people(sealed, card)}\n{_MARK}{document}\n"


def _for_people(sealed: Sealed, card: Scorecard) -> str:
    basis = _("Computed by tkt {version} from commit {commit}; the settings' SHA-256 is {settings}.")
    parts = [
        _("Figures of {month}").format(month=month_title(sealed.month)) + "\n",
        period_heading(card.period, "plain"),
        render(without_formulas(card), "plain"),
        *([render(ola_table(card.olas), "plain")] if card.olas else []),
        *([_("Replaces an earlier seal: {why}").format(why=one_line(sealed.why)) + "\n"] if sealed.replaced else []),
        basis.format(version=sealed.tkt, commit=sealed.commit, settings=sealed.settings) + "\n",
    ]
    return "\n".join(parts)


def tells_people(sealed: Sealed, card: Scorecard) -> bool:
    """Whether what a seal says to people, in whichever language, is what this tkt says of these figures."""
    spoken = language.spoken()
    try:
        return any(_bare(sealed.told) == _bare(text) for text in _in_all_languages(sealed, card))
    finally:
        language.speak(spoken)


def _in_all_languages(sealed: Sealed, card: Scorecard) -> Iterator[str]:
    for each in language.LANGUAGES:
        language.speak(each)
        yield _for_people(sealed, card)


def _bare(text: str) -> list[str]:
    """The words of a text without what the encoding that git writes in may have done to them."""
    return text.encode("ascii", "ignore").decode().split()


def _document(sealed: Sealed, card: Scorecard) -> Document:
    figures = scorecard_json(card)
    return {
        "version": VERSION,
        "month": sealed.month,
        "commit": sealed.commit,
        "tkt": sealed.tkt,
        "settings": sealed.settings,
        "types": list(sealed.types),
        "clock": write_instant(sealed.clock) if sealed.clock else None,
        "replaced": sealed.replaced or None,
        "why": sealed.why or None,
        **{key: figures[key] for key in ("period", "kpi", "by_priority", "ola")},
    }


def read_seal(message: str) -> Sealed | None:
    """What the message of a seal's tag says; None where there is no document in it that this tkt understands."""
    above, mark, document = f"\n{message}".rpartition(f"\n{_MARK}")
    try:
        return _read(json.loads(document), above) if mark else None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _read(said: Mapping[str, Any], told: str) -> Sealed | None:
    if said["version"] != VERSION:
        return None
    period = said["period"]
    zone = ZoneInfo(str(period["timezone"]))
    return Sealed(
        month=str(said["month"]),
        commit=str(said["commit"]),
        settings=str(said["settings"]),
        tkt=str(said["tkt"]),
        types=tuple(type for type in said["types"] if type in KIND),
        period=Period(read_instant(period["from"]), read_instant(period["to"]), zone.key),
        figures=_figures(said),
        why=str(said["why"] or ""),
        replaced=str(said["replaced"] or ""),
        clock=_instant(said["clock"]),
        told=told,
    )


def _instant(text: str | None) -> datetime | None:
    return read_instant(text) if text else None


def _figures(said: Mapping[str, Any]) -> Figures:
    of_olas = {f"{one['ola']}, {one['holder']}": one["figures"] for one in said["ola"]}
    columns = {"": said["kpi"], **said["by_priority"], **of_olas}
    return {Place(of, key): _figure(one) for of, column in columns.items() for key, one in column.items()}


def _figure(said: Mapping[str, Any]) -> Figure:
    value, numerator, denominator = (_number(said[part]) for part in ("value", "numerator", "denominator"))
    return Figure(value, numerator, None if denominator is None else int(denominator))


def _number(said: Any) -> float | None:
    if said is None or (isinstance(said, int | float) and not isinstance(said, bool)):
        return said
    raise TypeError(said)
