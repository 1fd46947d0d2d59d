"""A ticket's file as text for a diff: a field a line in one order, the sections, then an entry after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from tkt.domain.entry import Change, Entry, SetChange
from tkt.domain.instant import write_instant
from tkt.domain.keys import FRONT_MATTER, KEYS
from tkt.language import _, pgettext
from tkt.presentation import labels
from tkt.presentation.phrases import day
from tkt.presentation.safe_text import for_terminal, one_line

_INDENT = "  "


def readable_ticket(
    values: Mapping[str, str], sets: Mapping[str, Sequence[str]], body: str, entries: Sequence[Entry]
) -> str:
    """The text in the spoken language, ending with a line end; `body` is what stands between front matter and journal.

    Nothing in it depends on what stands elsewhere in the ticket, so that a further entry adds its own lines and
    changes no other. Times are those of the file, in the offset that it gives them.
    """
    parts = ["\n".join(_fields(values, sets))]
    if body.strip():
        parts.append(for_terminal(body).strip("\n"))
    parts += ("\n".join(_entry(entry)) for entry in entries)
    return "\n\n".join(parts) + "\n"


def _fields(values: Mapping[str, str], sets: Mapping[str, Sequence[str]]) -> Iterator[str]:
    own = sorted((values.keys() | sets.keys()) - set(FRONT_MATTER))
    for key in (*FRONT_MATTER, *own):
        if sets.get(key):
            yield _line(key, ", ".join(labels.link(one) if key == "links" else one for one in sets[key]))
        elif values.get(key):
            yield _line(key, _value(key, values[key]))


def _line(key: str, value: str) -> str:
    return one_line(_("{field}: {change}").format(field=labels.field(key), change=value))


def _value(key: str, text: str) -> str:
    if key in KEYS and KEYS[key].is_instant:
        try:
            return _moment(datetime.fromisoformat(text))
        except ValueError:
            return text
    return labels.value(key, text)


def _entry(entry: Entry) -> Iterator[str]:
    yield one_line(" · ".join(_heading(entry)))
    for change in entry.changes:
        yield _INDENT + _line(change.key, _change(change))
    text = for_terminal(entry.text).strip("\n")
    if text:
        yield ""
        yield from (f"{_INDENT}{line}".rstrip() for line in text.split("\n"))


def _heading(entry: Entry) -> Iterator[str]:
    ordinal = f" #{entry.ordinal}" if entry.ordinal > 1 else ""
    yield _moment(entry.at) + ordinal
    yield entry.author
    if entry.level:
        yield entry.level
    if entry.public:
        yield pgettext("entry", "public")


def _moment(instant: datetime) -> str:
    """`2026-01-15 09:15:00 +01:00`: to the second, since a diff must not hide that one changed."""
    clock, offset = write_instant(instant)[11:19], write_instant(instant)[19:]
    return f"{day(instant)} {clock} {offset}"


def _change(change: Change) -> str:
    if isinstance(change, SetChange):
        shown = labels.link if change.key == "links" else str
        return " ".join([*(f"+{shown(one)}" for one in change.added), *(f"-{shown(one)}" for one in change.removed)])
    sides = [labels.value(change.key, side) for side in (change.old, change.new) if side]
    if not change.new:
        sides.append(pgettext("value", "none"))
    return " → ".join(sides)
