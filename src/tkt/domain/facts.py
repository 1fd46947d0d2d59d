"""What the facts of an entry may say: marks, reasons, lengths of time, dates."""

from __future__ import annotations

from datetime import date, datetime

from tkt.domain.duration import UnreadableDuration, read_duration
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.instant import read_instant
from tkt.domain.keys import kind_of
from tkt.domain.words import CANCEL_REASON, PENDING_REASON, did_you_mean
from tkt.language import _

RATINGS = ("1", "2", "3", "4", "5")
_REASONS = {"pending": PENDING_REASON, "cancelled": CANCEL_REASON}


def fault_of_fact(entry: Entry, change: FieldChange) -> str:
    """What is wrong with the value of a fact in its entry, "" where nothing is; other facts may say anything."""
    match change.key:
        case "reason":
            return _fault_of_reason(entry.value("state"), change.new)
        case "rating" if change.new not in RATINGS:
            return _("“{rating}” is no rating: a whole number from 1 to 5 is").format(rating=change.new)
        case "first_contact" if change.new not in ("yes", "no"):
            return _("“{value}” does not say whether it was first contact: yes or no does").format(value=change.new)
        case "spent":
            return _fault_of_spent(change.new)
        case "until" if read_until(change.new) is None:
            return _("“{value}” is no date, such as 2026-01-20").format(value=change.new)
        case "settled" if kind_of(change.new) != "field":
            return _("“{value}” is no field whose moves could be settled").format(value=change.new)
    return ""


def read_until(text: str) -> date | datetime | None:
    """The day, or the instant, that an `until` names; None when it names neither."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-20") else read_instant(text)
    except ValueError:
        return None


def is_past(until: str, now: datetime) -> bool:
    """Whether the day (to its end, in `now`'s zone) or the instant that an `until` names is over."""
    moment = read_until(until)
    if moment is None or isinstance(moment, datetime):
        return moment is not None and now > moment
    return now.date() > moment


def _fault_of_reason(state: str, reason: str) -> str:
    known = _REASONS.get(state)
    if known is None or reason in known:
        return ""
    message = _("“{value}” is not a known {vocabulary}").format(value=reason, vocabulary="reason")
    return message + "." + did_you_mean(reason, known.codes)


def _fault_of_spent(spent: str) -> str:
    try:
        read_duration(spent)
    except UnreadableDuration as error:
        return str(error).rstrip(".")
    return ""
