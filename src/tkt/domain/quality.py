"""The course's rules for a good ticket, as advice: title, contact, asset, category, description, words, follow-up.

Who is judged: a cancelled ticket is no work, so nothing is asked of it. A ticket that another system handed over (its
opening entry has a `source`) and that is done is history which nobody can mend, so nothing is asked of it either; an
imported ticket that is still open can be completed and is judged like any other. So are tickets resolved or closed
here: their description can still be completed, and they show how well the desk writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from tkt.domain.author import is_by_requester
from tkt.domain.description import answered
from tkt.domain.duration import BusinessDays, WorkingDayAfter
from tkt.domain.entry import Entry
from tkt.domain.facts import is_past
from tkt.domain.follow_up import end_of_patience, last_word, waits_until
from tkt.domain.instant import write_instant
from tkt.domain.settings import Settings
from tkt.domain.ticket import Ticket
from tkt.domain.title import says_nothing
from tkt.domain.words import DONE
from tkt.language import _

# Of a description, the characters in which the four answers are looked for: what goes on longer holds a log.
_READ = 64 * 1024
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".heic", ".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Lapse:
    """What a ticket lacks to be a good one. `line` is an entry's; where it is 0, `key` is the place."""

    rule: str
    message: str
    mend: str
    key: str = ""
    line: int = 0


def lapses(
    ticket: Ticket, settings: Settings, now: datetime, working_day_after: WorkingDayAfter | None = None
) -> Iterator[Lapse]:
    """What could be better about a ticket; nothing of it ever stops a command. `now` is in the desk's zone.

    Business days are counted by `working_day_after`, from Monday to Friday without it.
    """
    if ticket.state == "cancelled" or is_history(ticket):
        return
    found: list[Lapse | None] = [rule(ticket) for rule in _LASTING]
    found += [stale(ticket, settings.stale_after, now, working_day_after), overdue(ticket, now)]
    yield from (lapse for lapse in found if lapse is not None)
    yield from unanswered(ticket)


def is_history(ticket: Ticket) -> bool:
    """Whether the ticket came from another system and is done."""
    return is_imported(ticket) and not ticket.is_open


def is_imported(ticket: Ticket) -> bool:
    """Whether another system handed the ticket over."""
    return bool(ticket.entries) and bool(ticket.entries[0].value("source"))


def vague_title(ticket: Ticket) -> Lapse | None:
    """A title is clear and descriptive (course: "Outlook bug" is not)."""
    if not says_nothing(ticket.title):
        return None
    message = _("the title “{title}” says too little").format(title=" ".join(ticket.title.split())[:60])
    mend = _('Say what happens with what: `tkt edit {id} --title "…"`.').format(id=ticket.id)
    return Lapse("vague-title", message, mend, key="title")


def missing_contact(ticket: Ticket) -> Lapse | None:
    """The requester can be reached; an alert of the monitoring has nobody to be reached."""
    if ticket.requester.email or ticket.requester.phone or ticket.get("via") == "monitoring":
        return None
    message = _("the requester has neither an e-mail address nor a phone number")
    return Lapse("missing-contact", message, _by_edit(ticket, "--email"), key="requester.name")


def missing_asset(ticket: Ticket) -> Lapse | None:
    """What the ticket is about is named."""
    if ticket.get("asset"):
        return None
    return Lapse("missing-asset", _("no asset is named"), _by_edit(ticket, "--asset"), key="asset")


def missing_category(ticket: Ticket) -> Lapse | None:
    """The ticket is classified."""
    if ticket.get("category"):
        return None
    return Lapse("missing-category", _("no category is given"), _by_edit(ticket, "--category"), key="category")


def silent_resolution(ticket: Ticket) -> Lapse | None:
    """The requester was told in words: by the entry that resolved or a later public one, or answered in their own.

    A cause and an action are written for the desk; they are no words to the requester.
    """
    if ticket.state not in DONE:
        return None
    since = _since_resolution(ticket)
    if not since or any(_told(ticket, entry) for entry in since):
        return None
    message = _("the requester was not told in words that it is resolved")
    mend = _('Tell them what was done: `tkt log {id} --public "…"`.').format(id=ticket.id)
    return Lapse("silent-resolution", message, mend, line=since[0].line)


def _since_resolution(ticket: Ticket) -> tuple[Entry, ...]:
    """The entry that resolved the ticket last, or closed it from an open state, and those after it."""
    start, before = 0, "new"
    for number, entry in enumerate(ticket.entries):
        state = entry.value("state")
        if state in DONE and before not in DONE:
            start = number
        before = state or before
    return ticket.entries[start:]


def _told(ticket: Ticket, entry: Entry) -> bool:
    """A rule's words are the same of any ticket: they do not tell what was done."""
    if entry.value("automatic"):
        return False
    return bool(entry.text.strip()) and (entry.public or is_by_requester(ticket, entry))


def unanswered(ticket: Ticket) -> Iterator[Lapse]:
    """The description of an incident says the symptom, the exact message, since when, and the impact."""
    if ticket.type != "incident":
        return
    if not ticket.description.strip():
        mend = _("Say what happens, the exact message, since when, and the impact on the work.")
        yield Lapse("no-description", _("the incident has no description"), mend)
        return
    given = answered(ticket.description[:_READ]) | ({"message"} if _has_picture(ticket) else set())
    for part, (rule, message, mend) in _questions().items():
        if part not in given:
            yield Lapse(rule, message, mend)


def _questions() -> dict[str, tuple[str, str, str]]:
    return {
        "symptom": (
            "no-symptom",
            _("the description does not say what happens exactly (the symptom)"),
            _("Add a line “- Symptom: …” to it."),
        ),
        "message": (
            "no-exact-message",
            _("the description does not give the exact error message"),
            _("Add a line “- Error message: …” to it (“none” is an answer), or attach a screenshot."),
        ),
        "since": (
            "no-since-when",
            _("the description does not say since when"),
            _("Add a line “- Since when: …” to it."),
        ),
        "impact": (
            "no-impact",
            _("the description does not say what the impact on the work is"),
            _("Add a line “- Impact: …” to it."),
        ),
    }


def _has_picture(ticket: Ticket) -> bool:
    """Whether a screenshot was attached: the course takes one for the exact message."""
    attached = (change.new for entry in ticket.entries for change in entry.field_changes() if change.key == "attached")
    return any(name.rpartition(" (")[0].lower().endswith(_PICTURES) for name in attached)


def stale(
    ticket: Ticket, after: BusinessDays, now: datetime, working_day_after: WorkingDayAfter | None = None
) -> Lapse | None:
    """Work in progress is documented: no longer than `after` without an entry (an automatic one is no work)."""
    last = last_word(ticket) if ticket.state == "in_progress" else None
    end = end_of_patience(last.at, after, now, working_day_after) if last is not None else None
    if last is None or end is None or end >= now:
        return None
    message = _("in progress, and no entry for over {days} business days (since {at})").format(
        days=after.count, at=write_instant(last.at)
    )
    mend = _("Say how it stands with `tkt log {id}`, or what it waits for with `tkt hold {id}`.").format(id=ticket.id)
    return Lapse("stale", message, mend, line=last.line)


def overdue(ticket: Ticket, now: datetime) -> Lapse | None:
    """A ticket that waits until a day is looked at again when the day is over."""
    held = waits_until(ticket)
    if held is None or not is_past(held.value("until"), now):
        return None
    message = _("pending until {until}, which is past").format(until=held.value("until"))
    mend = _("Take it up with `tkt resume {id}`, or say until when with `tkt hold {id}`.").format(id=ticket.id)
    return Lapse("overdue", message, mend, line=held.line)


def _by_edit(ticket: Ticket, option: str) -> str:
    return _("Add it: `tkt edit {id} {option} …`.").format(id=ticket.id, option=option)


_LASTING: tuple[Callable[[Ticket], Lapse | None], ...] = (
    vague_title,
    missing_contact,
    missing_asset,
    missing_category,
    silent_resolution,
)
