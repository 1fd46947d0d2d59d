"""The line over figures that says which period they are of."""

from __future__ import annotations

from datetime import timedelta

from tkt.language import _
from tkt.metrics.period import Period
from tkt.presentation import phrases
from tkt.presentation.safe_text import for_html, for_markdown, one_line
from tkt.presentation.style import painted


def period_heading(period: Period, format: str, query: str = "", *, color: bool = False) -> str:
    """`From 2026-01-01 00:00 to 2026-02-01 00:00 (Europe/Paris)`, as a report in that format of tables begins; under it
    which tickets it is of, where a query says so."""
    lines = [period_in_words(period)]
    if query:
        lines.append(_("Tickets: {query}").format(query=query))
    if format == "html":
        return "".join(f"<p>{for_html(line)}</p>\n" for line in lines)
    lines[1:] = [f"\n{for_markdown(line)}" if format == "markdown" else one_line(line) for line in lines[1:]]
    return "".join(painted(line, "title", color and format == "table") + "\n" for line in lines)


def period_in_words(period: Period) -> str:
    """`From 2026-01-01 00:00 to 2026-02-01 00:00 (Europe/Paris)`."""
    end = phrases.date_time(period.end)
    if period.start is None:
        return _("Up to {end} ({zone})").format(end=end, zone=period.timezone)
    start = phrases.date_time(period.start)
    return _("From {start} to {end} ({zone})").format(start=start, end=end, zone=period.timezone)


def is_of_one_month(period: Period) -> bool:
    """Whether a period is a calendar month, or its beginning: from its first day on, and not beyond its last."""
    if period.start is None or period.start.day != 1:
        return False
    last = max(period.start, period.end - timedelta(seconds=0 if period.open_end else 1))
    return (period.start.year, period.start.month) == (last.year, last.month)
