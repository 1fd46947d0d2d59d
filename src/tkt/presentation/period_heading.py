"""The line over figures that says which period they are of."""

from __future__ import annotations

from tkt.language import _
from tkt.metrics.period import Period
from tkt.presentation import phrases
from tkt.presentation.safe_text import for_html
from tkt.presentation.style import painted


def period_heading(period: Period, format: str, *, color: bool = False) -> str:
    """`From 2026-01-01 00:00 to 2026-02-01 00:00 (Europe/Paris)`, as a report in that format of tables begins."""
    end = phrases.date_time(period.end)
    if period.start is None:
        text = _("Up to {end} ({zone})").format(end=end, zone=period.timezone)
    else:
        start = phrases.date_time(period.start)
        text = _("From {start} to {end} ({zone})").format(start=start, end=end, zone=period.timezone)
    if format == "html":
        return f"<p>{for_html(text)}</p>\n"
    return painted(text, "title", color and format == "table") + "\n"
