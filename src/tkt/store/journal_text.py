"""The journal's grammar (docs/format.md): entries from text and entries to text, each the inverse of the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.domain.instant import ISO, read_instant, write_instant
from tkt.domain.keys import KEY, kind_of
from tkt.domain.words import LEVEL
from tkt.language import _
from tkt.store.free_text import close_block, open_block, unescape

SEPARATOR = " · "
ARROW = " → "
_HEADING = re.compile(
    rf"^### (?P<at>{ISO.pattern})(?: #(?P<ordinal>\d{{1,9}}))?{SEPARATOR}(?P<who>[^\n]*\S)[ \t]*$", re.M
)
_LIKE_A_HEADING = re.compile(r"^### \d{4}-\d{2}-\d{2}[^\n]*$", re.MULTILINE)
_STRAY_HEADING = re.compile(r"^#{1,3}[ \t][^\n]*$", re.MULTILINE)
_CHANGE = re.compile(rf"- (?P<key>{KEY}):(?:[ \t](?P<value>.*))?")
_NEEDS_QUOTES = re.compile(r'→|"|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^\s|\s$|^$')
_MEMBER = re.compile(r"[+-][^\s,+\-\"][^\s,\"]*")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a journal's text that its grammar does not know: line within the text, and what it is."""

    line: int
    severity: str
    rule: str
    message: str


def render_entry(entry: Entry) -> str:
    """The text of an entry, from its heading to its last end of line."""
    changes = "".join(f"- {change.key}: {render_value(change)}\n" for change in entry.changes)
    return f"{render_heading(entry)}\n" + (f"\n{changes}" if changes else "") + open_block(entry.text)


def render_heading(entry: Entry) -> str:
    """The heading of an entry: instant, ordinal from 2 on, author, level where known, `public`."""
    ordinal = f" #{entry.ordinal}" if entry.ordinal > 1 else ""
    parts = (write_instant(entry.at) + ordinal, entry.author, entry.level, "public" if entry.public else "")
    return "### " + SEPARATOR.join(part for part in parts if part)


def render_value(change: Change) -> str:
    """The value side of a change: `new`, `old → new` or `+joined -left`."""
    if isinstance(change, SetChange):
        return " ".join([*(f"+{one}" for one in change.added), *(f"-{one}" for one in change.removed)])
    return f"{_quoted(change.old)}{ARROW}{_quoted(change.new)}" if change.old else _quoted(change.new)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False) if _NEEDS_QUOTES.search(value) else value


def parse_entries(source: str, first_line: int = 1) -> tuple[tuple[Entry, ...], list[Flaw]]:
    """The entries that a journal's text holds (line ends "\\n"), and what in it follows no rule.

    `first_line` is the number of the text's first line in its file.
    """
    entries: list[Entry | None] = []
    flaws: list[Flaw] = []
    headings = list(_HEADING.finditer(source))
    line, counted = first_line, 0
    for number, heading in enumerate(headings):
        last = number + 1 == len(headings)
        end = len(source) if last else headings[number + 1].start()
        line += source.count("\n", counted, heading.start())
        counted = heading.start()
        block = close_block(source[heading.end() : end].removeprefix("\n"), last=last)
        entries.append(_parse_entry(heading, block, line, flaws))
    flaws.extend(_stray_headings(source, first_line, {heading.start() for heading in headings}))
    return tuple(entry for entry in entries if entry is not None), flaws


def _parse_entry(heading: re.Match[str], block: str, line: int, flaws: list[Flaw]) -> Entry | None:
    try:
        at = read_instant(heading["at"])
    except ValueError:
        flaws.append(Flaw(line, "error", "entry-heading", _("no such instant: {text}").format(text=heading["at"])))
        return None
    author, level, public = _parse_who(heading["who"])
    changes, text = _parse_block(block, line, flaws)
    ordinal = int(heading["ordinal"] or 1)
    return Entry(at, author, level, public, changes, unescape(text), ordinal, line)


def _parse_who(who: str) -> tuple[str, str, bool]:
    parts = who.split(SEPARATOR)
    public = len(parts) > 1 and parts[-1] == "public"
    if public:
        parts.pop()
    level = parts.pop() if len(parts) > 1 and parts[-1] in LEVEL else ""
    return SEPARATOR.join(parts), level, public


def _parse_block(block: str, heading_line: int, flaws: list[Flaw]) -> tuple[tuple[Change, ...], str]:
    block = block.removeprefix("\n")
    changes: list[Change] = []
    line = heading_line + 2
    while found := _CHANGE.match(block):
        after = found.end()
        if after < len(block) and block[after] != "\n":
            break
        changes.append(_parse_change(found["key"], found["value"] or "", line, flaws))
        block = block[after + 1 :]
        line += 1
    return tuple(changes), block.removeprefix("\n") if changes else block


def _parse_change(key: str, value: str, line: int, flaws: list[Flaw]) -> Change:
    if kind_of(key) == "set":
        return _parse_members(key, value, line, flaws)
    if kind_of(key) in (None, "identity"):
        message = _("“{key}” is no key that an entry may change").format(key=key)
        flaws.append(Flaw(line, "warning", "unknown-key", message))
    try:
        values = list(_split_value(value))
    except ValueError:
        message = _("the value of “{key}” opens a quote and does not close it").format(key=key)
        flaws.append(Flaw(line, "error", "change-value", message))
        values = [value]
    return FieldChange(key, values[-1], values[0] if len(values) == 2 else "")


def _parse_members(key: str, value: str, line: int, flaws: list[Flaw]) -> SetChange:
    members = value.split()
    for member in members:
        if not _MEMBER.fullmatch(member):
            message = _("“{member}” in “{key}” must begin with + or -").format(member=member, key=key)
            flaws.append(Flaw(line, "error", "change-value", message))
    added = tuple(member[1:] for member in members if member.startswith("+"))
    return SetChange(key, added, tuple(member[1:] for member in members if member.startswith("-")))


def _split_value(value: str) -> Iterator[str]:
    """One value, or an old and a new one."""
    if value.startswith('"'):
        first, end = json.JSONDecoder(strict=False).raw_decode(value)
        yield first
        rest = value[end:]
        if not rest:
            return
        if not rest.startswith(ARROW):
            raise ValueError(value)
        rest = rest.removeprefix(ARROW)
    else:
        first, arrow, rest = value.partition(ARROW)
        yield first
        if not arrow:
            return
    yield json.JSONDecoder(strict=False).decode(rest) if rest.startswith('"') else rest


def _stray_headings(source: str, first_line: int, known: set[int]) -> Iterator[Flaw]:
    for found in _STRAY_HEADING.finditer(source):
        if found.start() in known:
            continue
        line = first_line + source.count("\n", 0, found.start())
        if _LIKE_A_HEADING.match(found[0]):
            message = _("“{text}” looks like an entry's heading and cannot be read as one").format(text=found[0][:60])
            yield Flaw(line, "error", "entry-heading", message)
        else:
            message = _("a heading stands inside an entry: {text}").format(text=found[0][:60])
            yield Flaw(line, "warning", "stray-heading", message)
