"""What the desk holds on a person, for that person to read: as text or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from tkt.domain.entry import Change, Entry, SetChange
from tkt.domain.keys import KEYS
from tkt.domain.personal_data import PersonalData, Share
from tkt.language import NP_, _, ngettext, pgettext
from tkt.presentation import labels, phrases
from tkt.presentation.safe_text import for_markdown, for_terminal, one_line

_ROLES = {
    "requester": NP_("role", "asked for it"),
    "assignee": NP_("role", "held it"),
    "author": NP_("role", "wrote in it"),
    "recorder": NP_("role", "recorded for somebody else"),
    "rating": NP_("role", "gave a mark"),
    "mentioned": NP_("role", "is named in it"),
}
# How a line stands: its depth (0 a title, 1 a heading, 2 a heading below it, 3 a fact, 4 words) and what it says.
Line = tuple[int, str]


def report(data: PersonalData, zone: tzinfo, *, markdown: bool = False) -> str:
    """The report in the spoken language, with times in the desk's zone; it ends with a line end."""
    shape = _as_markdown if markdown else _as_text
    return "".join(shape(depth, text) for depth, text in _lines(data, zone)).lstrip("\n")


def _as_text(depth: int, text: str) -> str:
    if depth < 3:
        rule = "═─ "[depth]
        underlined = f"\n{rule * len(one_line(text))}" if rule.strip() else ""
        return f"\n{one_line(text)}{underlined}\n"
    if depth == 3:
        return f"- {one_line(text)}\n"
    return "".join(f"    {line}\n" for line in for_terminal(text).split("\n"))


def _as_markdown(depth: int, text: str) -> str:
    if depth < 3:
        return f"\n{'#' * (depth + 1)} {for_markdown(one_line(text))}\n\n"
    if depth == 3:
        return f"- {for_markdown(one_line(text))}\n"
    return "\n" + "".join(f"      {line}\n" for line in for_terminal(text).split("\n")) + "\n"


def _lines(data: PersonalData, zone: tzinfo) -> Iterator[Line]:
    subject = data.subject
    yield 0, _("Personal data of {name}").format(name=subject.names[0])
    yield 3, _fact(_("as of"), phrases.date_time(data.at.astimezone(zone)))
    for label, values in ((_("names"), subject.names), (_("addresses"), subject.emails), (_("phones"), subject.phones)):
        if values:
            yield 3, _fact(label, ", ".join(values))
    for row in data.directory:
        parts = (row.name, row.email, row.phone, row.department, row.location, row.asset)
        yield 3, _fact(_("in the directory of requesters"), " - ".join(part for part in parts if part))
    for one in data.agents:
        yield 3, _fact(_("agent of the desk"), " - ".join(part for part in one if part))
    if data.commits:
        days = [phrases.day(when.astimezone(zone)) for when in (data.commits.first, data.commits.last)]
        count = data.commits.count
        words = ngettext("{count}, on {first}", "{count}, from {first} to {last}", count)
        yield 3, _fact(_("commits in git"), words.format(count=count, first=days[0], last=days[1]))
    if not data.shares:
        yield 3, _("no ticket")
    for share in data.shares:
        yield from _share(share, zone)


def _share(share: Share, zone: tzinfo) -> Iterator[Line]:
    title = dict(share.fields).get("title", "")
    yield 1, f"{share.ticket.id} {title}".rstrip()
    yield 3, ", ".join(pgettext(*_ROLES[role]) for role in share.roles)
    for key, value in share.fields:
        if value and key != "title":
            yield 3, _fact(_label(key), labels.value(key, value))
    for laid in share.attachments:
        yield 3, _fact(_("attachment"), f"{laid.name} ({phrases.size(laid.size)})")
    for title, text in share.sections:
        yield 2, title or _("Before the first section")
        yield 4, text.strip("\n")
    for entry, roles in share.entries:
        yield from _entry(entry, roles, zone)


def _entry(entry: Entry, roles: tuple[str, ...], zone: tzinfo) -> Iterator[Line]:
    parts = [phrases.date_time(entry.at.astimezone(zone)), entry.author, entry.level]
    parts += [pgettext(*_ROLES[role]) for role in roles]
    yield 2, " · ".join(part for part in parts if part)
    for change in entry.changes:
        yield 3, _fact(_label(change.key), _change(change))
    if entry.text:
        yield 4, entry.text.strip("\n")


def _change(change: Change) -> str:
    if isinstance(change, SetChange):
        return " ".join([*(f"+{one}" for one in change.added), *(f"-{one}" for one in change.removed)])
    sides = [labels.value(change.key, side) for side in (change.old, change.new) if side]
    return " → ".join(sides if change.new else [*sides, pgettext("value", "none")])


def _label(key: str) -> str:
    """The name of a key as people read it; what has none, and what the desk added, stands as it is written."""
    return labels.field(key) if key in KEYS else key


def _fact(label: str, value: str) -> str:
    return _("{label}: {value}").format(label=label, value=value)
