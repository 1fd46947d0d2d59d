"""A review as text for a person or as Markdown for a comment: what happened to each ticket, in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import tzinfo

from tkt.language import _, ngettext
from tkt.presentation.review_lines import Reviewed, Writer, block
from tkt.presentation.safe_text import for_markdown_code, one_line
from tkt.presentation.style import painted

# Hosting sites cut a comment at 65,536 characters.
MOST_CHARACTERS = 60_000
MOST_TICKETS = 40


def review_text(tickets: Sequence[Reviewed], zone: tzinfo, *, every: bool = False, color: bool = False) -> str:
    """The review for a terminal, times in `zone`; at most so many tickets and entries of each unless `every`."""
    writer = Writer(
        zone,
        every,
        one_line,
        lambda text: painted(one_line(text), "title", color),
        lambda text: painted(text, "bad", color),
        "",
        "  ",
    )
    blocks = [block(ticket, writer) for ticket in tickets]
    shown = blocks if every else blocks[:MOST_TICKETS]
    return "\n\n".join([*shown, *_more(len(blocks) - len(shown)), summary(tickets)]) + "\n"


def review_markdown(tickets: Sequence[Reviewed], zone: tzinfo, *, every: bool = False) -> str:
    """The review for a comment: nothing that a ticket holds acts in it, and it is never too long for one."""
    writer = Writer(
        zone, every, for_markdown_code, lambda text: f"**{one_line(text)}**", lambda text: f"**{text}**", "- ", "  - "
    )
    blocks = [block(ticket, writer) for ticket in tickets]
    shown = _fitting(blocks if every else blocks[:MOST_TICKETS])
    parts = [summary(tickets), "\n".join(shown), *_more(len(blocks) - len(shown))]
    return "\n\n".join(part for part in parts if part) + "\n"


def _fitting(blocks: Sequence[str]) -> list[str]:
    """As many blocks as a comment holds; one that alone is too long is cut at a line."""
    shown: list[str] = []
    left = MOST_CHARACTERS - 1000
    for one in blocks:
        if len(one) >= left:
            if not shown:
                shown.append(one[: one.rindex("\n", 0, left)])
            break
        shown.append(one)
        left -= len(one) + 1
    return shown


def summary(tickets: Sequence[Reviewed]) -> str:
    """`3 tickets: 1 opened, 2 changed; 1 error, 0 warnings`."""
    if not tickets:
        return _("No ticket is touched.")
    kinds = [ticket.what for ticket in tickets]
    counted = [phrase(kinds.count(kind)) for kind, phrase in _KINDS.items() if kind in kinds]
    severities = [finding.severity for ticket in tickets for finding in ticket.findings]
    errors, warnings = severities.count("error"), severities.count("warning")
    return _("{tickets}: {kinds}; {errors}, {warnings}.").format(
        tickets=ngettext("{count} ticket", "{count} tickets", len(tickets)).format(count=len(tickets)),
        kinds=", ".join(counted),
        errors=ngettext("{count} error", "{count} errors", errors).format(count=errors),
        warnings=ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
    )


_KINDS: dict[str, Callable[[int], str]] = {
    "opened": lambda count: ngettext("{count} opened", "{count} opened", count).format(count=count),
    "changed": lambda count: ngettext("{count} changed", "{count} changed", count).format(count=count),
    "renumbered": lambda count: ngettext("{count} renumbered", "{count} renumbered", count).format(count=count),
    "vanished": lambda count: ngettext("{count} vanished", "{count} vanished", count).format(count=count),
    "unreadable": lambda count: ngettext("{count} unreadable", "{count} unreadable", count).format(count=count),
}


def _more(count: int) -> list[str]:
    if not count:
        return []
    words_ = ngettext(
        "… and {count} more ticket (--all shows every one)", "… and {count} more tickets (--all shows every one)", count
    )
    return [words_.format(count=count)]
