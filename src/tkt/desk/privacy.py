"""Everything that the desk holds on one person, gathered for them to read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tkt.desk.desk import Desk
from tkt.desk.redacted_attachments import attachments_in
from tkt.domain.author import is_by_rule
from tkt.domain.contact import Contact
from tkt.domain.entry import Entry
from tkt.domain.person import Person
from tkt.domain.personal_data import ROLES, Commits, Laid, PersonalData, Share, Subject, one_by_one
from tkt.domain.redaction import MARKER
from tkt.domain.words import did_you_mean, fold
from tkt.errors import NoSuchThing
from tkt.language import _
from tkt.store.desk_folder import attachment_folder, ids, require_inside
from tkt.store.people import read_people
from tkt.store.ticket_file import TicketFile
from tkt.store.unreadable_ticket import UnreadableTicket

_MOST_NAMED = 8
_SECTIONS_OF_OURS = ("Journal",)
CommitsBy = Callable[[Sequence[str]], Commits | None]


class UnknownPerson(NoSuchThing):
    """Nobody of that name is known to the desk, or several people are."""


def gather(desk: Desk, who: str, commits_by: CommitsBy, unreadable: list[UnreadableTicket]) -> PersonalData:
    """All that the desk holds on the person that `who` means: a name, an address, or a part of either.

    `commits_by` counts commits by addresses. Raises UnknownPerson, also where several may be meant.
    """
    subject = find_subject(desk, who, unreadable)
    shares = [share for file in _files(desk, []) for share in _share(desk, file, subject)]
    agents = tuple(one for one in desk.settings.agents if subject.is_named(str(Person(one.name, one.email))))
    return PersonalData(
        desk.now, subject, tuple(_rows(desk, subject)), agents, tuple(shares), commits_by(subject.emails)
    )


def find_subject(desk: Desk, who: str, unreadable: list[UnreadableTicket]) -> Subject:
    """The one person that `who` means, by all their names; raises UnknownPerson."""
    wanted = fold(Person.parse(who).email or who)
    known = list(_people(desk, unreadable))
    groups = one_by_one(person for person, _phone in known if person.name)
    exact = [one for one in groups if any(wanted in (fold(person.name), fold(person.email)) for person in one)]
    group = _only_one(who, exact or [one for one in groups if _holds(one, wanted.split())], known)
    names, emails = (tuple(dict.fromkeys(part for part in parts if part)) for parts in zip(*group, strict=True))
    subject = Subject(names, emails)
    phones = (phone for person, phone in known if phone and subject.is_named(str(person)))
    return Subject(names, emails, tuple(dict.fromkeys(phones)))


def _holds(group: list[Person], words: list[str]) -> bool:
    """Whether every word is in one of a person's names and addresses."""
    told = [fold(str(person)) for person in group]
    return bool(words) and any(all(word in one for word in words) for one in told)


def _only_one(who: str, groups: list[list[Person]], known: Sequence[tuple[Person, str]]) -> list[Person]:
    if not groups:
        message = _("The desk knows nobody by “{who}”.").format(who=who)
        raise UnknownPerson(message + did_you_mean(who, dict.fromkeys(person.name for person, _phone in known)))
    if len(groups) > 1:
        people = "; ".join(str(max(group, key=lambda one: len(one.email))) for group in groups[:_MOST_NAMED])
        raise UnknownPerson(_("“{who}” may be several people: {people}.").format(who=who, people=people))
    return groups[0]


def _people(desk: Desk, unreadable: list[UnreadableTicket]) -> Iterator[tuple[Person, str]]:
    """Everybody that the desk names, with the phone number that stands beside the name; what was redacted is nobody."""
    for row in read_people(desk.root / "people.csv"):
        yield Person(row.name, row.email), row.phone
    yield from ((Person(one.name, one.email), "") for one in desk.settings.agents)
    for file in _files(desk, unreadable):
        who = file.ticket.requester
        yield Person(_unless_redacted(who.name), _unless_redacted(who.email)), _unless_redacted(who.phone)
        names = _names_in(file, desk.settings.automatic_author)
        yield from ((Person.parse(name), "") for name in names if _unless_redacted(name))


def _unless_redacted(value: str) -> str:
    return "" if MARKER in value else value


def _names_in(file: TicketFile, automatic_author: str) -> Iterator[str]:
    yield file.ticket.assignee
    for entry in file.ticket.entries:
        yield from [] if is_by_rule(entry, automatic_author) else [entry.author]
        for change in entry.field_changes():
            if change.key in ("assignee", "requester.name", "recorded_by"):
                yield from (change.old, change.new)


def _files(desk: Desk, unreadable: list[UnreadableTicket]) -> Iterator[TicketFile]:
    """Every ticket's file that can be read."""
    everyone = list(ids(desk.root))
    for number, ticket_id in enumerate(everyone, 1):
        if desk.progress:
            desk.progress(number, len(everyone))
        try:
            file = desk.load(ticket_id)
            file.ticket  # noqa: B018 - what is none is told here
        except UnreadableTicket as error:
            unreadable.append(error)
            continue
        yield file


def _rows(desk: Desk, subject: Subject) -> Iterator[Contact]:
    rows = read_people(desk.root / "people.csv")
    return (row for row in rows if subject.is_named(str(Person(row.name, row.email))))


def _share(desk: Desk, file: TicketFile, subject: Subject) -> Iterator[Share]:
    """The person's part in a ticket, if they have one."""
    ticket = file.ticket
    asked = _asked(file, subject)
    entries = [(entry, _roles(entry, subject)) for entry in ticket.entries]
    fields = [(key, value) for key, value in ticket.fields.items() if asked or subject.is_mentioned(value)]
    sections = [one for one in _sections(file) if asked or subject.is_mentioned("\n".join(one))]
    roles = {role for _entry, found in entries for role in found}
    roles |= {"requester"} if asked else set()
    roles |= {"assignee"} if any(subject.is_named(one) for one in _values(file, "assignee")) else set()
    others = [value for key, value in fields if not key.startswith("requester.") and key != "assignee"]
    roles |= {"mentioned"} if any(map(subject.is_mentioned, [*others, *map("\n".join, sections)])) else set()
    if roles:
        kept = tuple((entry, found) for entry, found in entries if asked or found)
        laid = tuple(_attachments(desk, ticket.id)) if asked else ()
        ordered = tuple(role for role in ROLES if role in roles)
        yield Share(ticket, ordered, tuple(fields), tuple(sections), kept, laid)


def _asked(file: TicketFile, subject: Subject) -> bool:
    """Whether the person is, or once was, the ticket's requester; where addresses are known, they decide."""
    addresses = [one for one in _values(file, "requester.email") if one]
    return any(map(subject.is_named, addresses if addresses and subject.emails else _values(file, "requester.name")))


def _values(file: TicketFile, *keys: str) -> Iterator[str]:
    """Every value that these fields have or had."""
    yield from (file.ticket.get(key) for key in keys)
    for entry in file.ticket.entries:
        yield from (side for one in entry.field_changes() if one.key in keys for side in (one.old, one.new))


def _roles(entry: Entry, subject: Subject) -> tuple[str, ...]:
    """What a person is to an entry."""
    own = subject.is_named(entry.author)
    told = [
        entry.text,
        *(side for one in entry.field_changes() if one.key != "recorded_by" for side in (one.old, one.new)),
    ]
    found = {
        "author": own,
        "recorder": subject.is_named(entry.value("recorded_by")),
        "rating": own and bool(entry.value("rating")),
        "mentioned": any(map(subject.is_mentioned, told)),
    }
    return tuple(role for role, holds in found.items() if holds)


def _sections(file: TicketFile) -> Iterator[tuple[str, str]]:
    for block in file.text.blocks():
        text = file.text.text_of(block)
        if block.title not in _SECTIONS_OF_OURS and (block.title or text.strip()):
            yield block.title, text


def _attachments(desk: Desk, ticket_id: str) -> Iterator[Laid]:
    folder = attachment_folder(desk.root, ticket_id)
    require_inside(desk.root, folder)
    yield from (Laid(name, path.stat().st_size) for name, path in attachments_in(folder))
