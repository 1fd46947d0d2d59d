"""What an entry moved, in words: the `→` lines that a sheet's journal shows under what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tkt.domain import words
from tkt.domain.attachment import read_attached
from tkt.domain.entry import Entry, FieldChange, SetChange
from tkt.domain.instant import read_instant
from tkt.domain.journal import ConcurrentMove
from tkt.domain.keys import kind_of
from tkt.domain.person import Person
from tkt.language import _, ngettext, pgettext
from tkt.presentation import labels, phrases
from tkt.presentation.safe_text import for_terminal, one_line

_HANDOVER = ("assignee", "level", "group")
# Shown elsewhere: the state by its own sentences, the rest at the foot of the sheet, when it came with the resolution.
_OF_RESOLUTION = ("cause", "action", "code")
# Where an entry stands, as a redaction names it.
_PLACE = re.compile(r"\d{4}-\d\d-\d\dT")
# How the fact of an escalation begins; other automatic entries say in words what they are.
_ESCALATION = "escalation "
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def lines_of(entry: Entry, concurrent: Sequence[ConcurrentMove], *, opening: bool = False) -> list[str]:
    """What a journal shows of an entry: its words, then a line for each thing it moved.

    The words of a handover stand for it (the course's `→ Escalade N2 pour …`), those of a start too. An
    `opening` entry shows its words alone: how a ticket began stands in the sheet's head.
    """
    text = for_terminal(entry.text).strip("\n")
    if opening:
        return text.split("\n") if text else []
    handing = _hands_over(entry)
    moved = [*_state(entry, bool(text)), *(() if handing and text else _handover(entry)), *_others(entry)]
    said = _arrowed(text) if handing and text else text
    doubts = (_doubt(move) for move in concurrent if move.entry is entry)
    return [*(said.split("\n") if said else ()), *(f"→ {one_line(line)}" for line in moved), *doubts]


def _moved(entry: Entry, key: str) -> FieldChange | None:
    change = entry.change(key)
    return change if change and change.new != change.old else None


def _hands_over(entry: Entry) -> bool:
    """Whether the entry is a handover: someone takes a ticket over without the work itself moving on."""
    state = _moved(entry, "state")
    return any(_moved(entry, key) for key in _HANDOVER) and (state is None or state.new == "assigned")


def _arrowed(text: str) -> str:
    """The words of a handover, marked as one unless their writer did so."""
    return text if text.startswith("→") or "\n→" in text else f"→ {text}"


def _state(entry: Entry, has_words: bool) -> Iterator[str]:
    change = entry.change("state")
    if change is None or (change.new == change.old != "pending"):
        return
    # A reopening is told by the entry's own old value (design.md, section 6).
    reopened = change.old in words.DONE | {"cancelled"} and change.new in words.OPEN
    if reopened:
        yield _("Ticket reopened")
    if change.new == "pending":
        yield _pending(entry)
    elif change.new == "resolved":
        yield _("Ticket resolved")
    elif change.new == "closed":
        yield _("Ticket closed")
    elif change.new == "cancelled":
        yield _cancelled(entry)
    elif change.new == "in_progress":
        yield from [] if reopened else _started(change.old, has_words)
    elif not _hands_over(entry):
        yield from _edits([change])


def _started(old: str, has_words: bool) -> Iterator[str]:
    if old == "pending":
        yield _("Work resumed")
    elif not has_words:
        yield _("Work started")


def _pending(entry: Entry) -> str:
    details = []
    if entry.value("until"):
        details.append(_("until {day}").format(day=_day_or_text(entry.value("until"))))
    if entry.value("ref"):
        details.append(_("ref. {reference}").format(reference=entry.value("ref")))
    reason = words.PENDING_REASON.label(entry.value("reason"))
    line = _("Pending: {reason}").format(reason=reason) if reason else words.STATE.label("pending")
    return f"{line} ({', '.join(details)})" if details else line


def _cancelled(entry: Entry) -> str:
    reason = words.CANCEL_REASON.label(entry.value("reason"))
    return _("Ticket cancelled: {reason}").format(reason=reason) if reason else _("Ticket cancelled")


def _handover(entry: Entry) -> Iterator[str]:
    level, group, assignee = (_moved(entry, key) for key in ("level", "group", "assignee"))
    escalated = level is not None and _raises(level)
    if level is not None:
        yield from [_("Escalated to {level}").format(level=level.new)] if escalated else _edits([level])
    if group is not None:
        yield from _edits([group])
    if assignee is None or (not assignee.new and escalated) or _takes_it_along(entry, assignee):
        return
    name = assignee.new or pgettext("assignee", "nobody")
    yield _("Assigned to {name}").format(name=name)


def _raises(level: FieldChange) -> bool:
    before = words.LEVEL.rank(level.old) if level.old else 0
    return before < words.LEVEL.rank(level.new) < len(words.LEVEL.codes)


def _takes_it_along(entry: Entry, assignee: FieldChange) -> bool:
    """Whether the author became the assignee by starting or resolving: the move itself says so."""
    by_moving = _moved(entry, "state") is not None and not _hands_over(entry)
    return by_moving and assignee.new in (entry.author, Person.parse(entry.author).name)


def _others(entry: Entry) -> Iterator[str]:
    resolves = entry.value("state") in words.DONE
    told = {"state", *_HANDOVER, *(_OF_RESOLUTION if resolves else ())}
    yield from _edits([c for c in entry.field_changes() if kind_of(c.key) != "fact" and c.key not in told])
    yield from _made_unreadable(entry)
    for change in entry.changes:
        if isinstance(change, SetChange):
            yield from _joined_and_left(change)
        else:
            yield from _fact(change)


def _made_unreadable(entry: Entry) -> Iterator[str]:
    """What a redaction altered, in one line: the fields and sections by name, the entries by their number."""
    parts = [change.new for change in entry.field_changes() if change.key == "redacted"]
    named = [labels.field(part) for part in parts if not _PLACE.match(part)]
    places = len(parts) - len(named)
    counted = [ngettext("{count} entry", "{count} entries", places).format(count=places)] if places else []
    if parts:
        yield _("Made unreadable: {parts}").format(parts=", ".join([*named, *counted]))


def _fact(change: FieldChange) -> Iterator[str]:
    """What an entry says beside what it moves; who recorded it and how long it took are not the journal's to tell."""
    if change.key == "attached":
        yield _("Attachment: {name}").format(name=_attachment(change.new))
    elif change.key == "rating":
        yield _("Rating: {mark}").format(mark=f"{change.new}/5")
    elif change.key == "late":
        yield _("Recorded late: {why}").format(why=change.new)
    elif change.key == "edited":
        yield _("Description edited")
    elif change.key == "settled":
        yield _("Settled: {field}").format(field=labels.field(change.new))
    elif change.key == "automatic" and change.new.startswith(_ESCALATION):
        yield _("By the rule {rule}").format(rule=change.new.removeprefix(_ESCALATION))
    elif change.key == "first_contact":
        yield _("Solved at first contact") if change.new == "yes" else _("Not solved at first contact")


def _edits(changes: Sequence[FieldChange]) -> Iterator[str]:
    for change in changes:
        if change.new != change.old:
            sides = [labels.value(change.key, side) for side in (change.old, change.new) if side]
            if not change.new:
                sides.append(pgettext("value", "none"))
            yield _("{field}: {change}").format(field=labels.field(change.key), change=" → ".join(sides))


def _joined_and_left(change: SetChange) -> Iterator[str]:
    if change.key == "links":
        yield from (_("Link: {link}").format(link=labels.link(one)) for one in change.added)
        yield from (_("Link removed: {link}").format(link=labels.link(one)) for one in change.removed)
        return
    members = [*(f"+{one}" for one in change.added), *(f"-{one}" for one in change.removed)]
    if members:
        yield _("{field}: {change}").format(field=labels.field(change.key), change=" ".join(members))


def _attachment(fact: str) -> str:
    """`name (12 kB)` of a fact that names a file, its size in bytes and its SHA-256; any other text as it is."""
    told = read_attached(fact)
    return f"{told.name} ({phrases.size(told.size)})" if told else fact


def _day_or_text(text: str) -> str:
    try:
        instant = read_instant(f"{text}T00:00:00Z" if _ISO_DAY.fullmatch(text) else text)
    except ValueError:
        return text
    return phrases.day(instant) if _ISO_DAY.fullmatch(text) else phrases.date_time(instant)


def _doubt(move: ConcurrentMove) -> str:
    """A concurrent move is kept and shown; a person settles it with a new entry."""
    replayed = labels.value(move.change.key, move.replayed) or pgettext("value", "none")
    line = _("Concurrent move: {field} was already {value}").format(field=labels.field(move.change.key), value=replayed)
    return f"⚠ {one_line(line)}"
