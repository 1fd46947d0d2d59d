"""What several sections of a report say alike: slices of time, lengths, counts and changes."""

from __future__ import annotations

from datetime import datetime, timedelta

from tkt.language import _, pgettext
from tkt.metrics.indicator import Indicator
from tkt.metrics.period import Period
from tkt.presentation import phrases
from tkt.presentation.table import Column

NO_DATA = "–"
UNCHANGED = "="
# Whether less of it is better news, or more; of other figures neither is.
_BETTER_LESS = ("mttr", "first_response", "reopen_rate", "open_breached", "resolved_breached", "cancelled_breached")
_BETTER_MORE = ("fcr", "first_assignment", "sla_", "csat")


def slice_label(part: Period, step: str) -> str:
    """A slice in a table: `2026-01-15`, `2026-01-05 – 2026-01-11`, `January 2026`."""
    start, last = _ends(part)
    if step == "month":
        return phrases.month(start)
    first_day, last_day = phrases.day(start), phrases.day(last)
    return first_day if first_day == last_day else f"{first_day} – {last_day}"


def axis_label(part: Period, step: str, *, one_month: bool = False) -> str:
    """The same where there is little room: the first day alone, of a single month only its number."""
    start, _last = _ends(part)
    if step == "month":
        return phrases.month(start)
    return str(start.day) if one_month else phrases.day_of_year(start)


def _ends(part: Period) -> tuple[datetime, datetime]:
    start = part.start or part.end
    return start, max(start, part.end - timedelta(seconds=0 if part.open_end else 1))


def step_column(step: str) -> Column:
    """The heading of a column of slices."""
    match step:
        case "day":
            return Column(pgettext("column", "Day"))
        case "week":
            return Column(pgettext("column", "Week"))
    return Column(pgettext("column", "Month"))


def length_range(least: int, below: int | None) -> str:
    """`under 15 min`, `1h to 2h`, `5 days or more`."""
    if below is None:
        return _("{length} or more").format(length=phrases.days(least))
    if not least:
        return _("under {length}").format(length=phrases.days(below))
    return _("{least} to {below}").format(least=phrases.days(least), below=phrases.days(below))


def short_range(least: int, below: int | None) -> str:
    """The same at an axis, where the range before it says the rest: `<15 min`, `<2h`, `≥5 days`."""
    return f"≥{phrases.days(least)}" if below is None else f"<{phrases.days(below)}"


def share_of(count: float, total: float) -> str:
    """A share as a report writes it; `–` of nothing."""
    return phrases.percent(count / total) if total else NO_DATA


def change(now: Indicator, then: Indicator | None) -> str:
    """By how much a figure differs from that of the period before: `+12`, `-1h30`, `+2.1 pts`, `=`; "" without both."""
    if then is None or now.value is None or then.value is None:
        return ""
    difference = now.value - then.value
    if now.unit in ("rate", "share"):
        points = _signed(phrases.number(round(difference * 100, 1) + 0.0))
        return points if points == UNCHANGED else _("{points} pts").format(points=points)
    if now.unit == "seconds":
        return _signed(phrases.duration(difference))
    return _signed(phrases.number(round(difference, 1) + 0.0 if now.unit == "mark" else int(difference)))


def _signed(text: str) -> str:
    if text in ("0", "0.0", phrases.duration(0)):
        return UNCHANGED
    return text if text.startswith("-") else f"+{text}"


def tone_of_change(now: Indicator, then: Indicator | None) -> str:
    """`good` or `warning` where a change is good or bad news, "" where it is neither."""
    if then is None or now.value is None or then.value is None or now.value == then.value:
        return ""
    rose = now.value > then.value
    if now.key.startswith(_BETTER_MORE):
        return "good" if rose else "warning"
    if now.key.startswith(_BETTER_LESS):
        return "warning" if rose else "good"
    return ""


def number_column(title: str) -> Column:
    """A column of figures."""
    return Column(title, align="right")


def in_figures(count: float) -> str:
    """A count at the axis of a chart."""
    return phrases.number(int(count))
