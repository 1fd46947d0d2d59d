"""Durations, dates, percentages and figures as each language writes them.

One decimal mark serves both languages, the point: the course's own sheets and dashboard write `70.3%` and `4.3/5` in
French, and they are to come out to the digit. Formats come from the catalogues, never from the machine's locale, so
that a report reads the same wherever it is made.
"""

from __future__ import annotations

from datetime import date, datetime

from tkt.language import NP_, _, ngettext, pgettext

_MONTHS = (
    NP_("month", "January"),
    NP_("month", "February"),
    NP_("month", "March"),
    NP_("month", "April"),
    NP_("month", "May"),
    NP_("month", "June"),
    NP_("month", "July"),
    NP_("month", "August"),
    NP_("month", "September"),
    NP_("month", "October"),
    NP_("month", "November"),
    NP_("month", "December"),
)
_DAY = 24 * 3600


def duration(seconds: float) -> str:
    """A length of time to the minute: `45 min`, `2h`, `4h30`, `215h15`; hours never become days."""
    minutes = _half_up(abs(seconds) / 60)
    sign = "-" if seconds < 0 and minutes else ""
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return sign + _("{minutes} min").format(minutes=rest)
    return f"{sign}{hours}h{rest:02d}" if rest else f"{sign}{hours}h"


def exact_duration(seconds: int) -> str:
    """The same to the second, where figures are to add up: `4h30`, `4h30m05s`, `15m05s`, `5s`; `0` for none."""
    minutes, rest = divmod(abs(seconds), 60)
    if not rest:
        return duration(seconds) if seconds else "0"
    hours, minutes = divmod(minutes, 60)
    sign = "-" if seconds < 0 else ""
    if hours:
        return f"{sign}{hours}h{minutes:02d}m{rest:02d}s"
    return f"{sign}{minutes}m{rest:02d}s" if minutes else f"{sign}{rest}s"


def days(seconds: float) -> str:
    """A length of real time at a glance: `4h30`, from two days on in whole days of 24 hours."""
    if seconds < 2 * _DAY:
        return duration(seconds)
    count = int(seconds // _DAY)
    return ngettext("{count} day", "{count} days", count).format(count=count)


def age(instant: datetime, now: datetime) -> str:
    """How long ago an instant was: `2h ago`, from two days on in whole days of 24 hours."""
    return _("{duration} ago").format(duration=days(max(0.0, (now - instant).total_seconds())))


def relative_due(due: datetime, now: datetime) -> str:
    """Where a deadline lies from now, in real time: `in 2h`, `overdue by 45 min`."""
    left = (due - now).total_seconds()
    if left < 0:
        return _("overdue by {duration}").format(duration=duration(-left))
    return _("in {duration}").format(duration=duration(left))


def date_time(instant: datetime) -> str:
    """Day and clock time of an instant, in its own zone: `2026-01-15 09:15`."""
    return f"{day(instant)} {clock_time(instant)}"


def exact_time(instant: datetime) -> str:
    """`2026-01-15 09:15`, with the seconds where there are some: `2026-01-15 09:15:07`."""
    return f"{date_time(instant)}:{instant:%S}" if instant.second else date_time(instant)


def clock_time(instant: datetime) -> str:
    """`09:15`, in the instant's own zone."""
    return f"{instant:%H:%M}"


def day(when: date) -> str:
    """`2026-01-15`; in French `15/01/2026`."""
    return pgettext("date", "{year}-{month}-{day}").format(**_digits(when))


def day_of_year(when: date) -> str:
    """A day whose year is understood: in French `15/01`; in English, where month and day would be mistaken, in full."""
    return pgettext("date without its year", "{year}-{month}-{day}").format(**_digits(when))


def month(when: date) -> str:
    """`January 2026`; in French `janvier 2026`."""
    return f"{pgettext(*_MONTHS[when.month - 1])} {when.year}"


def month_title(when: date) -> str:
    """`JANUARY 2026`, for headings."""
    return month(when).upper()


def number(value: float) -> str:
    """A figure: whole numbers as they are, others with one decimal."""
    return str(value) if isinstance(value, int) else _fixed(value, 1)


def percent(rate: float) -> str:
    """A rate from 0 to 1 in a report: `70.3%`; in French `70.3 %`."""
    return pgettext("percentage", "{figure}%").format(figure=_fixed(rate, 1, 100))


def set_percent(share: float) -> str:
    """A share from 0 to 1 as the settings say it, no digit more: `80%`, `99.5%`; in French `80 %`."""
    return pgettext("percentage", "{figure}%").format(figure=f"{round(share * 100, 6):g}")


def whole_percent(rate: float) -> str:
    """A rate from 0 to 1 on the dashboard: `72%`, in both languages as the course writes it."""
    return f"{_fixed(rate, 0, 100)}%"


def mark(value: float) -> str:
    """A mark out of five: `4.3/5`, `5/5`."""
    return f"{number(value)}/5"


def size(count: int) -> str:
    """A file's size in bytes, in decimal units: `512 B`, `1.2 kB`, `12 kB`, `3.4 MB`."""
    if count < 1000:
        return _("{size} B").format(size=count)
    if count < 1_000_000:
        return _("{size} kB").format(size=_short(count / 1000))
    return _("{size} MB").format(size=_short(count / 1_000_000))


def _short(value: float) -> str:
    return number(value) if value < 9.95 else str(_half_up(value))


def _digits(when: date) -> dict[str, str]:
    return {"year": f"{when.year:04d}", "month": f"{when.month:02d}", "day": f"{when.day:02d}"}


def _half_up(value: float) -> int:
    return int(value + 0.5)


def _fixed(value: float, places: int, factor: int = 1) -> str:
    """`value` times `factor` to so many decimals, rounded half up as people do: 0.285 is 29 %, which binary misses."""
    from decimal import ROUND_HALF_UP, Decimal

    exact = Decimal(repr(float(value))) * factor
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
