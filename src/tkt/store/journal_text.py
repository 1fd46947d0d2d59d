"""The journal's grammar (docs/format.md): entries from text and entries to text, each the inverse of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tkt.domain.entry import Change, Entry, FieldChange, SetChange
from tkt.domain.instant import ISO, read_instant, write_instant
from tkt.domain.keys import KEY, kind_of
from tkt.domain.words import LEVEL
from tkt.language import _
from tkt.store.free_text import close_block, open_block, unescape

SEPARATOR = " · "
ARROW = " → "
HEADING = re.compile(
    rf"^### (?P<at>{ISO.pattern})(?: #(?P<ordinal>[0-9]{{1,9}}))?{SEPARATOR}(?P<who>[^\n]*\S)[ \t]*(?P<cr>\r?)$", re.M
)
_LIKE_A_HEADING = re.compile(r"^### \d{4}-\d{2}-\d{2}[^\n]*$", re.MULTILINE)
_OTHER_HEADING = re.compile(r"^(?!### \d{4}-\d{2}-\d{2})#{1,3}[ \t][^\n]*$", re.MULTILINE)
CHANGE = re.compile(rf"- (?P<key>{KEY}):(?:[ \t](?P<value>.*))?$", re.MULTILINE)
_CONTROL = r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|^\s|\s$|^$"
# Compiled when something is written: who only reads, or merges, need not wait for it.
_QUOTED_VALUE = rf'→|"|{_CONTROL}'
_QUOTED_AUTHOR = rf'·|^"|{_CONTROL}'
_PLAIN_MEMBER = r"[^\s,+\-\"\x00-\x1f\x7f-\x9f\ufeff][^\s,\"\x00-\x1f\x7f-\x9f\ufeff]*"
# A file in which more is out of order is mended from git, not line by line.
_MOST_STRAY = 100
# Entries, changes, members that joined or left: a thousand times what a long life brings, read in no time.
MOST_ITEMS = 10_000
MEMBER = re.compile(r'(?P<sign>[+-])(?P<text>"[^"\\]*(?:\\.[^"\\]*)*"(?!\S)|[^\s"]\S*)|\S+')


class Flaw(NamedTuple):
    """Something in a ticket's text that its grammar does not know: line within the text, what it is, the way out."""

    line: int
    severity: str
    rule: str
    message: str
    mend: str = ""


def render_entry(entry: Entry) -> str:
    """The text of an entry, from its heading to its last end of line."""
    changes = "".join(f"- {change.key}: {render_value(change)}\n" for change in entry.changes)
    return f"{render_heading(entry)}\n" + (f"\n{changes}" if changes else "") + open_block(entry.text)


def bytes_of(entry: Entry) -> bytes:
    """What decides the order of entries of one instant and ordinal: an entry's bytes as tkt writes it, with LF."""
    return render_entry(entry).encode()


def render_heading(entry: Entry) -> str:
    """The heading of an entry: instant, ordinal from 2 on, author, level where known, `public`."""
    ordinal = f" #{entry.ordinal}" if entry.ordinal > 1 else ""
    author = write_author(entry.author)
    parts = (write_instant(entry.at) + ordinal, author, entry.level, "public" if entry.public else "")
    return "### " + SEPARATOR.join(part for part in parts if part)


def render_value(change: Change) -> str:
    """The value side of a change: `new`, `old → new` or `+joined -left`."""
    if isinstance(change, SetChange):
        signed = [*(("+", one) for one in change.added), *(("-", one) for one in change.removed)]
        return " ".join(sign + write_member(one) for sign, one in signed)
    new = write_side(change.new)
    return f"{write_side(change.old)}{ARROW}{new}" if change.old else new


def write_author(author: str) -> str:
    """An author as a heading holds it, in quotes where it must."""
    return _quoted(author, _QUOTED_AUTHOR)


def write_side(value: str) -> str:
    """The old or the new value of a change as its line holds it, in quotes where it must."""
    return _quoted(value, _QUOTED_VALUE)


def write_member(member: str) -> str:
    """A member of a set as a change's line holds it, without its sign, in quotes where it must."""
    return member if re.fullmatch(_PLAIN_MEMBER, member) else as_json(member)


def _quoted(text: str, when: str) -> str:
    return as_json(text) if re.search(when, text) else text


def as_json(text: str) -> str:
    """`text` in quotes, as the grammar has them."""
    import json

    return json.dumps(text, ensure_ascii=False)


def parse_entries(source: str, first_line: int = 1) -> tuple[tuple[Entry, ...], list[Flaw]]:
    """The entries that a journal's text holds, and what in it follows no rule.

    `first_line` is the number of the text's first line in its file. An entry has the line ends of its heading. Of a
    journal of more than MOST_ITEMS none is given, and the flaw `size` alone.
    """
    try:
        return _parse_entries(source, first_line)
    except _Overfull as overfull:
        message = _("the journal holds more than {most} entries, changes and members").format(most=MOST_ITEMS)
        return (), [Flaw(overfull.args[0], "error", "size", message, _("Put it back from git."))]


class _Overfull(Exception):
    """A journal that is too long to be read; its argument is the line where it becomes so."""


def _parse_entries(source: str, first_line: int) -> tuple[tuple[Entry, ...], list[Flaw]]:
    entries: list[Entry | None] = []
    flaws: list[Flaw] = []
    headings = list(islice(HEADING.finditer(source), MOST_ITEMS + 1))
    left = MOST_ITEMS - len(headings)
    line, counted = first_line, 0
    for number, heading in enumerate(headings):
        last = number + 1 == len(headings)
        end = len(source) if last else headings[number + 1].start()
        line += source.count("\n", counted, heading.start())
        counted = heading.start()
        block = source[heading.end() : end].removeprefix("\n")
        if heading["cr"]:
            block = block.replace("\r\n", "\n")
        entry = _parse_entry(heading, close_block(block, last=last), line, left, flaws)
        left -= sum(map(_items_of, entry.changes)) if entry else 0
        if left < 0:
            raise _Overfull(line)
        entries.append(entry)
    flaws.extend(_stray_headings(source, first_line, {heading.start() for heading in headings}))
    return tuple(entry for entry in entries if entry is not None), flaws


def _items_of(change: Change) -> int:
    return 1 + len(change.added) + len(change.removed) if isinstance(change, SetChange) else 1


def _parse_entry(heading: re.Match[str], block: str, line: int, most: int, flaws: list[Flaw]) -> Entry | None:
    try:
        at = read_instant(heading["at"])
    except ValueError:
        message = _("no such instant: {text}").format(text=heading["at"])
        flaws.append(Flaw(line, "error", "entry-heading", message, _("Put the entry back as it was in git.")))
        return None
    author, level, public = parse_who(heading["who"])
    changes, text = _parse_block(block, line, most, flaws)
    ordinal = int(heading["ordinal"] or 1)
    return Entry(at, author, level, public, changes, unescape(text), ordinal, line)


def parse_who(who: str) -> tuple[str, str, bool]:
    """The author, the level ("" where unknown) and whether it is public, of what stands behind a heading's instant."""
    author, rest = _parse_author(who)
    public = bool(rest) and rest[-1] == "public"
    if public:
        rest.pop()
    level = rest.pop() if rest and rest[-1] in LEVEL else ""
    return SEPARATOR.join([author, *rest]), level, public


def _parse_author(who: str) -> tuple[str, list[str]]:
    """The author and the parts behind; a name that only begins with a quote is one all the same."""
    if who.startswith('"'):
        try:
            author, end = _decoded(who)
        except ValueError:
            pass
        else:
            if end == len(who) or who.startswith(SEPARATOR, end):
                return author, who[end:].split(SEPARATOR)[1:]
    author, *rest = who.split(SEPARATOR)
    return author, rest


def _parse_block(block: str, heading_line: int, most: int, flaws: list[Flaw]) -> tuple[tuple[Change, ...], str]:
    position = 1 if block.startswith("\n") else 0
    line = heading_line + 1 + position
    changes: list[Change] = []
    while most >= 0 and (found := CHANGE.match(block, position)):
        changes.append(parse_change(found["key"], (found["value"] or "").strip(" \t\r"), line, flaws))
        most -= _items_of(changes[-1])
        position = found.end() + 1
        line += 1
    if changes and block.startswith("\n", position):
        position += 1
    return tuple(changes), block[position:]


def parse_change(key: str, value: str, line: int, flaws: list[Flaw]) -> Change:
    """What a change's line says; what in it follows no rule is added to `flaws`."""
    if kind_of(key) == "set":
        return _parse_members(key, value, line, flaws)
    if kind_of(key) in (None, "identity"):
        message = _("“{key}” is no key that an entry may change").format(key=key)
        flaws.append(Flaw(line, "warning", "unknown-key", message, _("Keys of your own begin with x_.")))
    try:
        old, new = _split_value(value)
    except ValueError:
        message = _("the value of “{key}” begins with a quote and is no JSON string").format(key=key)
        flaws.append(Flaw(line, "error", "change-value", message, _('Write it as "text", with \\" for a quote in it.')))
        old, new = "", value
    return FieldChange(key, new, old)


def _parse_members(key: str, value: str, line: int, flaws: list[Flaw]) -> SetChange:
    members: dict[str, list[str]] = {"+": [], "-": []}
    for found in islice(MEMBER.finditer(value), MOST_ITEMS + 1):
        try:
            members[found["sign"]].append(_read_member(found["text"]))
        except (KeyError, ValueError):
            message = _("“{member}” in “{key}” must begin with + or -").format(member=found[0][:60], key=key)
            mend = _("Write +member for one that joined and -member for one that left.")
            flaws.append(Flaw(line, "error", "change-value", message, mend))
    return SetChange(key, tuple(members["+"]), tuple(members["-"]))


def _read_member(text: str) -> str:
    if text.startswith('"'):
        return _decoded(text)[0]
    if not re.fullmatch(_PLAIN_MEMBER, text):
        raise ValueError(text)
    return text


def _split_value(value: str) -> tuple[str, str]:
    """The old value ("" where none is named) and the new one."""
    *olds, new = [read_side(value[start:end]) for start, end in side_spans(value)]
    return (olds[0] if olds else ""), new


def side_spans(value: str) -> list[tuple[int, int]]:
    """Where the sides of a change's value stand in it: the new one, behind the old one where there is one.

    Raises ValueError where it begins with a quote and is no JSON string.
    """
    if value.startswith('"'):
        end = second = _decoded(value)[1]
        if end == len(value):
            return [(0, end)]
        if not value.startswith(ARROW, end):
            raise ValueError(value)
    else:
        first, arrow, _rest = value.partition(ARROW)
        if not arrow:
            return [(0, len(value))]
        end, second = len(first.rstrip(" \t")), len(first)
    second += len(ARROW)
    return [(0, end), (len(value) - len(value[second:].lstrip(" \t")), len(value))]


def read_side(value: str) -> str:
    """What one side of a change says, in quotes or not; raises ValueError where something stands behind the quotes."""
    value = value.lstrip(" \t")
    if not value.startswith('"'):
        return value
    text, end = _decoded(value)
    if end != len(value):
        raise ValueError(value)
    return text


def _decoded(source: str) -> tuple[str, int]:
    """The JSON string with which `source` begins and where it ends; raises ValueError where that is no text."""
    import json

    text: str
    text, end = json.JSONDecoder(strict=False).raw_decode(source)
    text.encode()
    return text, end


def _stray_headings(source: str, first_line: int, known: set[int]) -> Iterator[Flaw]:
    """Lines that look like a heading of ours and are none; errors are looked for by themselves, lest any be missed."""
    for line, text in _headings(_LIKE_A_HEADING, source, first_line, known):
        message = _("“{text}” looks like an entry's heading and cannot be read as one").format(text=text)
        mend = _("Write it as “{heading}”, or put a backslash before it if it is text.")
        heading = "### 2026-01-15T09:15:00+01:00 · Jean DUPONT"
        yield Flaw(line, "error", "entry-heading", message, mend.format(heading=heading))
    for line, text in _headings(_OTHER_HEADING, source, first_line, known):
        message = _("a heading stands inside an entry: {text}").format(text=text)
        yield Flaw(line, "warning", "stray-heading", message, _("Put a backslash before it, as tkt does."))


def _headings(shape: re.Pattern[str], source: str, first_line: int, known: set[int]) -> Iterator[tuple[int, str]]:
    """The line and the words of the first such headings that are not `known` by where they begin."""
    line, counted = first_line, 0
    strange = (found for found in shape.finditer(source) if found.start() not in known)
    for found in islice(strange, _MOST_STRAY):
        line += source.count("\n", counted, found.start())
        counted = found.start()
        yield line, found[0].rstrip()[:60]
