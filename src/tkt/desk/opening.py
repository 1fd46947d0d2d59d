"""Opening a ticket: the template's defaults, the requester from the address book, the priority from the matrix."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from tkt.desk.acting import Actor
from tkt.desk.categories import find_category
from tkt.desk.desk import Desk
from tkt.desk.editing import read_fields, read_tag
from tkt.desk.handover import agent_named, handing_changes, holder_for, known_group
from tkt.desk.linking import one_end
from tkt.desk.moves import Resolution, closing, lacking, resolving
from tkt.desk.requesters import find_requester, requester_fields
from tkt.desk.said import Said, require_text, stamp
from tkt.desk.writing import Done, Step, add_entries, facts_of, save
from tkt.domain.entry import Entry, FieldChange
from tkt.domain.identifier import is_id, make_id
from tkt.domain.instant import write_instant
from tkt.domain.keys import KEYS, MOVED, kind_of
from tkt.domain.ticket import Ticket
from tkt.domain.words import INVERSE_LINK, PREFIX
from tkt.domain.workflow import Missing
from tkt.errors import CalledWrongly, RuleRefuses
from tkt.language import _
from tkt.store.desk_folder import TICKETS, highest_number, ids_of_number
from tkt.store.front_matter import render_draft
from tkt.store.templates import Template, find_template, with_description
from tkt.store.ticket_file import TicketFile, new_ticket_file, sections_of

_DEFAULTS = {"type": "incident", "impact": "medium", "urgency": "medium", "level": "N1"}


class NoNumberLeft(RuleRefuses):
    """Somebody gave a ticket the highest number of all."""


class JournalInDraft(CalledWrongly):
    """A draft in which somebody wrote a journal: entries are only made by verbs."""


@dataclass(frozen=True)
class Wish:
    """What a new ticket is to be: `fields` by key as given, everything else as its option says."""

    fields: Mapping[str, str]
    description: str = ""
    template: str = ""
    tags: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    to: str = ""
    group: str = ""
    resolution: Resolution | None = None
    close: bool = False
    body: str | None = None


@dataclass(frozen=True)
class Draft:
    """A ticket about to be opened: its fields completed, its body as the file will hold it."""

    fields: Mapping[str, str]
    body: str
    tags: tuple[str, ...] = field(default=())


def draft(desk: Desk, wish: Wish) -> Draft:
    """Complete a wish: template, address book, category, matrix. Raises what each of them refuses."""
    template = find_template(desk.root, desk.settings.language, wish.template) if wish.template else None
    given = {key: value for key, value in wish.fields.items() if value.strip()}
    fields = read_fields({**_DEFAULTS, **(template.fields if template else {}), **given})
    fields |= _completed_requester(desk, fields)
    if fields.get("category"):
        fields["category"] = find_category(fields["category"], desk.settings.categories)
    fields.setdefault("priority", desk.settings.matrix[fields["impact"], fields["urgency"]])
    tags = tuple(dict.fromkeys([*(template.tags if template else ()), *map(read_tag, wish.tags)]))
    return Draft(fields, wish.body if wish.body is not None else _body(template, wish.description), tags)


def _body(template: Template | None, description: str) -> str:
    description = require_text(description)
    if template is None:
        return sections_of(description)
    return with_description(template.body, description) if description else template.body


def _completed_requester(desk: Desk, fields: Mapping[str, str]) -> dict[str, str]:
    """The requester's parts, those not given taken from `people.csv` where it knows exactly one such person."""
    who = fields.get("requester.name", "")
    if not who:
        return {}
    contact = find_requester(desk, who)
    known = {**requester_fields(contact), "asset": contact.asset}
    completed = {key: value for key, value in known.items() if value and not fields.get(key)}
    return {**completed, "requester.name": contact.name}


def require_complete(drafted: Draft, resolution: Resolution | None) -> None:
    """Raises Missing, naming every option at once, when a ticket lacks what it cannot be without."""
    needed = {"title": ("TITLE", _("what it is about")), "requester.name": ("--requester", _("who asks"))}
    missing = dict(said for key, said in needed.items() if not drafted.fields.get(key))
    missing |= lacking(drafted.fields["type"], resolution) if resolution else {}
    if missing:
        raise Missing(_("a new ticket"), missing)


def open_ticket(desk: Desk, wish: Wish, said: Said) -> Done:
    """Open a ticket, hand it over, resolve and close it, as wished: one commit."""
    desk.require_writable()
    drafted = draft(desk, wish)
    require_complete(drafted, wish.resolution)
    agent = agent_named(desk, wish.to) if wish.to else None
    group = known_group(desk, wish.group) if wish.group else ""
    with desk.turn() as desk:
        desk.recorder.prepare([])  # what could not be recorded takes no number
        file, actor = _opened(desk, drafted, wish, said)
        desk.recorder.prepare([desk.root / file.path, *(desk.path(other) for _kind, other in wish.links)])
        opening = file.ticket.entries[-1]
        later = Said(by=said.by, at=opening.at, late=said.late, public=said.public)
        done = Done(None, file.ticket, (opening,), file)
        if agent or group:
            changes = handing_changes(file.ticket, holder_for(file.ticket, agent, group))
            done = _then(desk, done, later, actor, Step("assign", changes, text=""))
        if wish.resolution is not None:
            done = _then(desk, done, later, actor, resolving(desk, done.after, wish.resolution, actor))
        for step in closing(desk, done.after, actor) if wish.close else ():
            done = _then(desk, done, later, actor, step)
        save(desk, [done, *_other_ends(desk, wish, done.after.id, Said(by=said.by))], touched=done)
    return done


def _other_ends(desk: Desk, wish: Wish, ticket_id: str, said: Said) -> list[Done]:
    members: dict[str, list[str]] = {}
    for kind, other in wish.links:
        members.setdefault(other, []).append(f"{INVERSE_LINK[kind]}:{ticket_id}")
    return [one_end(desk, other, said, ends) for other, ends in members.items()]


def _then(desk: Desk, done: Done, said: Said, actor: Actor, step: Step) -> Done:
    after = add_entries(desk, done.file, None, said, actor, [step])
    return Done(None, after.after, (*done.entries, *after.entries), after.file)


def _opened(desk: Desk, drafted: Draft, wish: Wish, said: Said) -> tuple[TicketFile, Actor]:
    ticket_id = make_id(PREFIX[drafted.fields["type"]], next_number(desk))
    at = stamp(said, None, desk.now, desk.settings.backdate_limit)
    fields = {**drafted.fields, "id": ticket_id, "uid": desk.make_uid(), "state": "new", "opened_at": write_instant(at)}
    links = tuple(dict.fromkeys(f"{kind}:{other}" for kind, other in wish.links))
    actor = desk.actor(said.by, Ticket(fields, at).requester)
    changes = [FieldChange(key, fields[key]) for key in MOVED if fields.get(key)]
    entry = Entry(
        at,
        actor.name,
        actor.level,
        changes=(*changes, *facts_of(said, actor.recorded_by)),
        text=said.text,
    )
    opened = Ticket(fields, at, (entry,), drafted.tags, links)
    ordered = {key: fields[key] for key in [*KEYS, *fields] if key in fields}
    return new_ticket_file(desk.name_of(desk.path(ticket_id)), ordered, opened, drafted.body), actor


def next_number(desk: Desk, taken: Collection[int] = ()) -> int:
    """The next free number: one series for all kinds, so that a number said on the phone names one ticket.

    `taken` are numbers of tickets that are not on this disk. The lock is held.
    """
    first = desk.settings.first_number
    highest = max([*(highest_number(desk.root, prefix) for prefix in PREFIX.values()), *taken])
    # Told before the number is taken, which is remembered for ever.
    if not is_id(make_id("INC", highest + 1)):
        raise NoNumberLeft(_("No number is left: a ticket bears the last one there is. Give that ticket another."))
    while True:
        number = desk.recorder.take_number(desk.root / TICKETS, max(highest + 1, first))
        # A reserved one may have been used by hand, or lie before the series that the settings begin since.
        if number >= first and number not in taken and not ids_of_number(desk.root, number):
            return number


def draft_text(desk: Desk, wish: Wish) -> str:
    """A draft as a person completes it in an editor: front matter and body, with empty places for what is missing."""
    drafted = draft(desk, wish)
    asked = (
        "title",
        "requester.name",
        "requester.department",
        "requester.email",
        "requester.phone",
        "asset",
        "category",
    )
    fields = {**dict.fromkeys(asked, ""), **drafted.fields}
    if not wish.fields.get("priority"):
        # Left empty it follows what the person makes of impact and urgency.
        fields["priority"] = ""
    return f"---\n{render_draft(fields, drafted.tags)}---\n\n{drafted.body or '## Description'}\n"


def wish_of_draft(wish: Wish, data: bytes) -> Wish:
    """The wish that an edited draft makes; raises UnreadableTicket (it is none any more) and JournalInDraft."""
    file = TicketFile.parse(_("draft"), data)
    if file.text.journal.strip():
        raise JournalInDraft(_("a draft has no journal: take the lines below “## Journal” out."))
    front = file.text.front_matter
    fields = {key: value for key, value in front.fields.items() if kind_of(key) == "field" and value}
    body = file.text.body.replace("\r\n", "\n")
    return replace(wish, fields=fields, template="", tags=front.members("tags"), body=body)
