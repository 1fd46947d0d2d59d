"""A flow as a report: the times in each step, the transitions, the paths and where they wait."""

from __future__ import annotations

from collections.abc import Iterator

from tkt.language import _, ngettext
from tkt.metrics.flow.flow import Flow
from tkt.metrics.flow.life import STATE
from tkt.presentation.flow.tables import holder_table, path_table, state_table, transition_table
from tkt.presentation.period_heading import period_heading
from tkt.presentation.safe_text import for_html
from tkt.presentation.table import Table
from tkt.presentation.tables import render


def report(flow: Flow, format: str, *, most: int = 0, width: int | None = None, color: bool = False) -> str:
    """The whole report in one of the formats of tables, at most so many lines a table beside the states; 0 for all.

    Raises UnknownFormat.
    """
    text = _counted(flow)
    counted = f"<p>{for_html(text)}</p>\n" if format == "html" else f"{text}\n"
    parts = [period_heading(flow.period, format, flow.query, color=color) + counted]
    parts += [render(table, format, width=width, color=color) for table in _tables(flow, most)]
    return "\n".join(parts)


def _counted(flow: Flow) -> str:
    tickets = ngettext("{count} ticket", "{count} tickets", flow.tickets).format(count=flow.tickets)
    message = ngettext(
        "{tickets}, of which {count} came to an end, on {paths}.",
        "{tickets}, of which {count} came to an end, on {paths}.",
        flow.ended,
    )
    paths = ngettext("{count} path", "{count} paths", len(flow.paths)).format(count=len(flow.paths))
    return message.format(tickets=tickets, count=flow.ended, paths=paths)


def _tables(flow: Flow, most: int) -> Iterator[Table]:
    for key, times in flow.times.items():
        if key == STATE:
            yield state_table(times)
        elif any(one.step for one in times):
            yield holder_table(key, times[: most or None])
    if flow.transitions:
        yield transition_table(flow.by, flow.transitions[: most or None])
    if flow.paths:
        yield path_table(flow, flow.paths[: most or None])


def left_out_words(flow: Flow, most: int) -> str:
    """What a report of at most so many lines a table leaves out, in a sentence; "" where that is nothing."""
    if not most:
        return ""
    holders = sum(max(len(times) - most, 0) for key, times in flow.times.items() if key != STATE)
    transitions, paths = (max(len(one) - most, 0) for one in (flow.transitions, flow.paths))
    counts = (
        (holders, ngettext("{count} holder", "{count} holders", holders)),
        (transitions, ngettext("{count} transition", "{count} transitions", transitions)),
        (paths, ngettext("{count} path", "{count} paths", paths)),
    )
    parts = [phrase.format(count=count) for count, phrase in counts if count]
    return _("Left out: {parts}; --limit 0 shows all.").format(parts=", ".join(parts)) if parts else ""
