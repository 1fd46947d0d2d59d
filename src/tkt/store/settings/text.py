"""What one text of the settings file stands for: a duration, a per cent, a date, a time zone, a code word."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from tkt.domain.duration import BusinessDays, UnreadableDuration, read_business_days, read_duration
from tkt.domain.settings import LARGEST_ATTACHMENT, MEBIBYTE
from tkt.domain.words import UnknownWord, Vocabulary, did_you_mean, nearest
from tkt.errors import CalledWrongly
from tkt.language import LANGUAGES, _, pgettext

# A block of numbers that one clone may hold: no more than a folder of tickets.
MOST_NUMBERS = 1000
_SECONDS = re.compile(r"(\d{1,7})s", re.ASCII)
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SIZE = re.compile(r"(\d{1,9})\s*(B|KiB|MiB|GiB)", re.ASCII)
_UNITS = {"B": 1, "KiB": 1024, "MiB": MEBIBYTE, "GiB": 1024 * MEBIBYTE}
# Zones that are another one on every machine, or that count leap seconds.
_NOT_ZONES = frozenset({"localtime", "posixrules", "posix", "right", "Factory"})
# What would not read back from the heading of a journal entry, or from git's "Name <address>".
_NOT_IN_A_NAME = re.compile(r"(?:^|\s)·(?:\s|$)|[<>]")


class Unfit(CalledWrongly):
    """A text that is not what its place asks for; `mend` says what would be."""

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.mend = mend


def whole_number(text: str) -> int:
    """A count, from 1 on."""
    if not _WHOLE.fullmatch(text) or not int(text):
        raise Unfit(_("“{text}” is not a whole number from 1 on.").format(text=text))
    return int(text)


def block_size(text: str) -> int:
    """How many numbers are reserved at once, 0 for none."""
    if not _WHOLE.fullmatch(text) or int(text) > MOST_NUMBERS:
        message = _("“{text}” is not a whole number from 0 to {most}.").format(text=text, most=MOST_NUMBERS)
        raise Unfit(message, _("Write 0 to reserve none."))
    return int(text)


def yes_or_no(text: str) -> bool:
    """`true` or `false`."""
    if text.lower() not in ("true", "false"):
        raise Unfit(_("“{text}” is neither true nor false.").format(text=text))
    return text.lower() == "true"


def language(text: str) -> str:
    """A language that tkt speaks."""
    if text not in LANGUAGES:
        message = _("“{word}” is not a language that tkt speaks.").format(word=text)
        raise Unfit(message, did_you_mean(text, LANGUAGES).strip())
    return text


def code_word(vocabulary: Vocabulary) -> Callable[[str], str]:
    """A reader of `vocabulary`'s code words; a person's word for one is refused, with the code word offered."""

    def read(text: str) -> str:
        if text in vocabulary:
            return text
        try:
            meant = [vocabulary.read(text)]
        except UnknownWord:
            meant = list(vocabulary.codes)
        message = _("“{word}” is not a known {vocabulary}.").format(word=text, vocabulary=pgettext(*vocabulary.name))
        raise Unfit(message, _offer(text, meant))

    return read


def _offer(text: str, known: list[str]) -> str:
    if len(known) == 1:
        return _("Did you mean {word}?").format(word=known[0])
    return did_you_mean(text, known).strip()


def time_zone(text: str) -> ZoneInfo:
    """A zone of the tz database."""
    try:
        if text.split("/")[0] in _NOT_ZONES:
            raise ValueError(text)
        return ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        message = _("“{text}” is not a known time zone.").format(text=text)
        raise Unfit(message, _nearest_zone(text)) from None


def _nearest_zone(text: str) -> str:
    from zoneinfo import available_timezones

    zones = sorted(available_timezones())
    places = {zone.rpartition("/")[2].lower(): zone for zone in reversed(zones)}
    near = places.get(text.lower()) or nearest(text, zones)
    if near is None:
        return _("Write the name of a place, such as Europe/Paris.")
    return _("Did you mean {word}?").format(word=near)


def calendar_date(text: str) -> date:
    """A day, `2026-01-31`."""
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise Unfit(_("“{text}” is not a date.").format(text=text), _("Write 2026-01-31.")) from None


def clock_time(text: str) -> int:
    """A length in hours and minutes, as seconds; business days are refused, since clocks count hours."""
    try:
        read_business_days(text)
    except UnreadableDuration:
        return read_duration(text)
    raise Unfit(_("“{text}”: business days are not taken here.").format(text=text), _("Write hours and minutes, 24h."))


def patience(text: str) -> int:
    """How long something is waited for, as seconds: `30s`, or a length in hours and minutes; longer than none."""
    found = _SECONDS.fullmatch(text)
    seconds = int(found[1]) if found else clock_time(text)
    if not seconds:
        raise Unfit(_("“{text}” is no time at all.").format(text=text), _("Write 30s, 2m or more."))
    return seconds


def promised_time(text: str) -> int:
    """A length in hours and minutes, as seconds, longer than none."""
    seconds = clock_time(text)
    if not seconds:
        raise Unfit(_("“{text}” is no time at all.").format(text=text), _("Take the line out to promise nothing."))
    return seconds


def business_days(text: str) -> BusinessDays:
    """A number of working days, `7bd`."""
    try:
        read_duration(text)
    except UnreadableDuration:
        return read_business_days(text)
    raise Unfit(_("“{text}”: this is counted in business days.").format(text=text), _("Write 7bd."))


def business_days_or_none(text: str) -> BusinessDays:
    """A number of working days, `5bd`; `0` for none."""
    return BusinessDays(0) if text == "0" else business_days(text)


def fraction(text: str) -> float:
    """A per cent, `95%`, as a number from 0 to 1."""
    digits = text.removesuffix("%").rstrip()
    if not text.endswith("%") or not _NUMBER.fullmatch(digits) or float(digits) > 100:
        raise Unfit(_("“{text}” is not a per cent from 0 to 100.").format(text=text), _("Write 80% or 99.5%."))
    return float(digits) / 100


def mark(text: str) -> float:
    """A requester's mark, from 1 to 5."""
    if not _NUMBER.fullmatch(text) or not 1 <= float(text) <= 5:
        raise Unfit(_("“{text}” is not a mark from 1 to 5.").format(text=text), _("Write 4 or 4.5."))
    return float(text)


def size(text: str) -> int:
    """A size of a file in bytes."""
    found = _SIZE.fullmatch(text)
    if found is None:
        raise Unfit(_("“{text}” is not a size.").format(text=text), _("Write 10MiB (B, KiB, MiB or GiB)."))
    if (bytes_ := int(found[1]) * _UNITS[found[2]]) > LARGEST_ATTACHMENT:
        raise Unfit(_("“{text}” is more than git should keep.").format(text=text), _("Write 100MiB at most."))
    return bytes_


def agent_name(text: str) -> str:
    """A name that can head a journal entry and be a git identity."""
    if _NOT_IN_A_NAME.search(text):
        raise Unfit(_("“{text}”: a name cannot hold “ · ”, “<” or “>”.").format(text=text))
    return text


def category(text: str) -> str:
    """A category, its levels parted by ` > `."""
    if not all(level.strip() for level in text.split(">")):
        raise Unfit(_("“{text}”: a level of the category is empty.").format(text=text), _("Write “A > B > C”."))
    return " > ".join(level.strip() for level in text.split(">"))
